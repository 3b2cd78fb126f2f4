package dev.firstline.canary.stub;

/** The stub speaks to the console and ends the process. */
public final class Talkative {
    public void speak() {
        System.out.println("out");
        System.err.println("err");
        new IllegalStateException("trace").printStackTrace();
    }

    public void leave() {
        System.exit(1);
    }

    public void halt() {
        Runtime.getRuntime().halt(1);
    }
}
