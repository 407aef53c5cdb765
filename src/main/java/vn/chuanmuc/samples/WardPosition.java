package vn.chuanmuc.samples;

import java.util.List;
import vn.chuanmuc.directory.PersonKind;
import vn.chuanmuc.kernel.Check;

/** A position of a sample ward; one line of {@code samples/ward-positions.csv}, whose head says what the parts are. */
record WardPosition(
        int rank,
        String name,
        String bloc,
        PersonKind kind,
        boolean leads,
        int least,
        int most,
        Sex sex,
        int youngest,
        int oldest) {

    enum Sex {
        ANY,
        MALE,
        FEMALE
    }

    WardPosition {
        Check.that(least >= 1 && least <= most, "a ward has this position: " + name);
        Check.that(youngest >= 18 && youngest < oldest, "ages: " + name);
    }

    static List<WardPosition> all() {
        return SampleWords.lines("ward-positions.csv").map(WardPosition::read).toList();
    }

    private static WardPosition read(String line) {
        var parts = line.split(";");
        Check.that(parts.length == 8, "eight parts: " + line);
        var count = parts[5].split("-");
        var age = parts[7].split("-");
        return new WardPosition(
                Integer.parseInt(parts[0]),
                parts[1],
                parts[2],
                PersonKind.valueOf(parts[3]),
                parts[4].equals("yes"),
                Integer.parseInt(count[0]),
                Integer.parseInt(count[1]),
                switch (parts[6]) {
                    case "male" -> Sex.MALE;
                    case "female" -> Sex.FEMALE;
                    default -> Sex.ANY;
                },
                Integer.parseInt(age[0]),
                Integer.parseInt(age[1]));
    }
}
