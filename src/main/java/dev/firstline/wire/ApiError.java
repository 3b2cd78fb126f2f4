package dev.firstline.wire;

/**
 * An error as the API tells it: a bare {@code google.rpc.Status}, the same in an {@code error} envelope, or the
 * vendor's own format (A27).
 *
 * @param code the gRPC code as digits, or the vendor's {@code ERROR_CODE_…}; the empty string where there was none
 * @param message what the server says; may be empty
 */
public record ApiError(String code, String message) {}
