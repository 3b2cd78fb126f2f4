package dev.firstline.stub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A process that starts a stub and waits to be killed; writes down where the stub is. */
final class StubParent {
    private StubParent() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        StubProcess stub = StubProcess.launch(StubOptions.defaults().withSpeed(0));
        Path told = Path.of(arguments[0]);
        Path written = Files.writeString(told.resolveSibling("told.new"), stub.pid() + " " + stub.baseUrl());
        Files.move(written, told, StandardCopyOption.ATOMIC_MOVE);
        Thread.currentThread().join();
    }
}
