package dev.firstline.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chart as a description, which {@code page.js} draws. Whatever it shows it also tells as a table of its figures.
 *
 * @param id its place on the page: {@code ttfl-over-time}
 * @param title its heading
 * @param about one line that says what it shows
 * @param x what runs to the right
 * @param y what runs upwards
 * @param series what is drawn
 * @param marks what is pointed at
 */
record Chart(String id, String title, String about, Axis x, Axis y, List<Series> series, List<Mark> marks) {
    private static final int DIGITS = 5;

    /** What an axis counts, and so how its values are written. */
    enum Unit {
        MS,
        /** Seconds as minutes and seconds. */
        CLOCK,
        COUNT,
        PER_S,
        SHARE,
        /** A ratio as what it is more or less than one. */
        CHANGE,
        /** 1 ÷ (1 − percentile): 100 is the 99th. */
        TAIL;

        @JsonValue
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An axis.
     *
     * @param name what stands beside it
     * @param unit what it counts
     * @param scale {@code value}, {@code log} or {@code category}
     * @param categories the names of its places, the first one lowest; none unless it is a {@code category}
     */
    record Axis(String name, Unit unit, String scale, List<String> categories) {
        static Axis of(String name, Unit unit) {
            return new Axis(name, unit, "value", List.of());
        }

        static Axis log(String name, Unit unit) {
            return new Axis(name, unit, "log", List.of());
        }

        static Axis of(String name, List<String> categories) {
            return new Axis(name, Unit.COUNT, "category", categories);
        }

        /** How long after the run's start. */
        static Axis time() {
            return of("time into the run", Unit.CLOCK);
        }
    }

    /** How a series looks. */
    enum Look {
        LINE,
        /** A line that shows where its points are. */
        POINTS,
        /** A line that jumps. */
        STEP,
        /** A filled line, before those that were drawn before it. */
        AREA,
        BAR,
        /** A bar on top of those before it. */
        STACK,
        DOTS,
        /** Short upright strokes. */
        TICK,
        /** Squares whose third number is how dark they are. */
        HEAT;

        @JsonValue
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A series.
     *
     * @param name what the legend says
     * @param look how it is drawn
     * @param colour {@code c1} to {@code c6}, {@code well}, {@code ill}, {@code open} or {@code soft}, in both themes
     * @param points x and y, and for {@link Look#HEAT} how many; on an axis of categories the category's index
     */
    record Series(String name, Look look, String colour, List<List<@Nullable Number>> points) {}

    /**
     * A line across the chart, or a band.
     *
     * @param axis {@code x} or {@code y}: whose value it is at
     * @param from where it is
     * @param to where a band ends, or null for a line
     * @param name what stands beside it
     * @param colour as a series'
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Mark(String axis, Number from, @Nullable Number to, String name, String colour) {
        static Mark line(String axis, double at, String name, String colour) {
            return new Mark(axis, number(at), null, name, colour);
        }

        static Mark band(String axis, double from, double to, String name, String colour) {
            return new Mark(axis, number(from), number(to), name, colour);
        }
    }

    static Chart of(String id, String title, String about, Axis x, Axis y) {
        return new Chart(id, title, about, x, y, List.of(), List.of());
    }

    Chart with(Series one) {
        return new Chart(id, title, about, x, y, and(series, one), marks);
    }

    Chart with(Mark one) {
        return new Chart(id, title, about, x, y, series, and(marks, one));
    }

    /** What the template places. */
    Map<String, String> words() {
        return Map.of("id", id, "title", title, "about", about);
    }

    /** Whether there is anything to see. */
    @JsonIgnore
    boolean isEmpty() {
        return series.stream().allMatch(one -> one.points().isEmpty());
    }

    /** A point; null is drawn as a gap. */
    static List<@Nullable Number> point(@Nullable Number... values) {
        return Arrays.stream(values)
                .map(value -> value == null ? null : number(value.doubleValue()))
                .toList();
    }

    /** To five digits, and without a fraction where there is none: a page holds thousands of them. */
    static Number number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a chart cannot show " + value);
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return (long) value;
        }
        double rounded = new BigDecimal(value)
                .round(new MathContext(DIGITS, RoundingMode.HALF_UP))
                .doubleValue();
        return rounded == Math.rint(rounded) ? (Number) (long) rounded : (Number) rounded;
    }

    private static <T> List<T> and(List<T> list, T one) {
        List<T> more = new ArrayList<>(list);
        more.add(one);
        return List.copyOf(more);
    }
}
