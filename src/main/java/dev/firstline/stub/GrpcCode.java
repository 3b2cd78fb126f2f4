package dev.firstline.stub;

/** The gRPC codes that the stub speaks of, and how grpc-gateway maps them to HTTP and back. */
final class GrpcCode {
    static final int INVALID_ARGUMENT = 3;
    static final int NOT_FOUND = 5;
    static final int PERMISSION_DENIED = 7;
    static final int RESOURCE_EXHAUSTED = 8;
    static final int FAILED_PRECONDITION = 9;
    static final int UNAVAILABLE = 14;
    static final int UNAUTHENTICATED = 16;
    static final int LAST = UNAUTHENTICATED;

    private static final int CANCELLED = 1;
    private static final int UNKNOWN = 2;
    private static final int INTERNAL = 13;

    /** What gateways before v2.13 made of CANCELLED. */
    private static final int HTTP_CANCELLED_ONCE = 408;

    private static final int[] HTTP = {
        200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401
    };

    private GrpcCode() {}

    static int http(int code) {
        return HTTP[code];
    }

    /** The first code that a gateway would map to an HTTP status, or UNKNOWN. */
    static int ofHttp(int http) {
        if (http == 500) {
            return INTERNAL;
        }
        if (http == HTTP_CANCELLED_ONCE) {
            return CANCELLED;
        }
        for (int code = 1; code < HTTP.length; code++) {
            if (HTTP[code] == http) {
                return code;
            }
        }
        return UNKNOWN;
    }
}
