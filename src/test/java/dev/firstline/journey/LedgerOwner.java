package dev.firstline.journey;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that owns a ledger, opens sessions, says so with one byte, and waits to be killed. */
final class LedgerOwner {
    private LedgerOwner() {}

    public static void main(String[] args) throws IOException {
        int sessions = Integer.parseInt(args[1]);
        try (Ledger ledger = Ledger.create(Path.of(args[0]), LedgerTest.HEADER);
                FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            for (int i = 0; i < sessions; i++) {
                ledger.intended("customer-" + i);
                ledger.opened("session-" + i, "customer-" + i);
            }
            ledger.closed("session-0");
            ledger.intended("customer-never-answered");
            out.write('!');
            out.flush();
            int ended = System.in.read();
            throw new IllegalStateException("not killed, but told " + ended);
        }
    }
}
