package dev.firstline.stub.network;

/** What the control API refuses: a sentence and an HTTP status, in Toxiproxy's words where it has some. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int INTERNAL = 500;

    private final int status;

    ApiError(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    static ApiError badBody(String why) {
        return new ApiError(BAD_REQUEST, "bad request body: " + why);
    }

    static ApiError missing(String field) {
        return new ApiError(BAD_REQUEST, "missing required field: " + field);
    }

    static ApiError tooMany(String what) {
        return new ApiError(BAD_REQUEST, "too many: " + what);
    }

    static ApiError invalidStream() {
        return new ApiError(BAD_REQUEST, "stream was invalid, can be either upstream or downstream");
    }

    static ApiError invalidToxic() {
        return new ApiError(BAD_REQUEST, "invalid toxic type");
    }

    static ApiError notFound(String what) {
        return new ApiError(NOT_FOUND, what + " not found");
    }

    static ApiError exists(String what) {
        return new ApiError(CONFLICT, what + " already exists");
    }

    static ApiError cannotListen(HostPort where, String why) {
        return new ApiError(INTERNAL, "listen tcp " + where + ": " + why);
    }
}
