package dev.firstline.contract;

import org.jspecify.annotations.Nullable;

/** A shape that may not be compiled yet: schemas may refer to one another in a circle. */
final class Ref {
    private final String path;
    private @Nullable Shape shape;

    /** @param path the schema's path below {@code v1} */
    Ref(String path) {
        this.path = path;
    }

    /** A shape that stands in its place. */
    static Ref to(String path, Shape shape) {
        Ref ref = new Ref(path);
        ref.link(shape);
        return ref;
    }

    String path() {
        return path;
    }

    /** Called once, before anybody checks. */
    void link(Shape target) {
        shape = target;
    }

    Shape shape() {
        if (shape == null) {
            throw new IllegalStateException(path + " is not linked");
        }
        return shape;
    }
}
