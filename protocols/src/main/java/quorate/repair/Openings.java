package quorate.repair;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.algebra.Point;

/** Dl of every helper, as far as they are decoded. */
final class Openings {
    private final Ceremony ceremony;
    private final SortedMap<Integer, List<Point>> points = new TreeMap<>();

    Openings(Ceremony ceremony) {
        this.ceremony = ceremony;
    }

    void put(int helper, List<Point> images) {
        points.put(helper, images);
    }

    List<Point> of(int helper) {
        var images = points.get(helper);
        if (images == null) {
            throw new IllegalArgumentException("no points of party " + helper);
        }
        return images;
    }

    /** Dl_{from,to}. */
    Point image(int from, int to) {
        return of(from).get(ceremony.place(to));
    }

    /** sum_{j in H} Dl_{from,j}. */
    Point given(int from) {
        return of(from).stream().reduce(Point::plus).orElseThrow();
    }

    /** sum_{i in H} Dl_{i,to}. */
    Point got(int to) {
        return points.keySet().stream().map(from -> image(from, to)).reduce(Point::plus).orElseThrow();
    }
}
