package vn.chuanmuc.samples;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import vn.chuanmuc.kernel.Check;

/**
 * Makes sample people. The same arguments always give the same people, on any machine: {@link Random} is specified bit by bit.
 * Names are made of common words, none is that of a person named in the documents the product starts from.
 */
final class SamplePeople {

    private static final long WARD_SEED = 264_2021L;
    private static final int DAYS_OF_A_YEAR = 365;

    private SamplePeople() {}

    /**
     * The people of the 14 wards of the former Long Biên district, ward by ward and in each by rank: 45 to 70 a ward, in two
     * blocs.
     *
     * @param day ages are counted on this day
     */
    static List<SamplePerson> ofTheWards(LocalDate day) {
        var words = SampleWords.load();
        var positions = WardPosition.all();
        var people = new ArrayList<SamplePerson>();
        var wards = wards();
        for (var i = 0; i < wards.size(); i++) {
            var random = new Random(scattered(WARD_SEED, i));
            for (var position : positions) {
                var count = random.nextInt(position.least(), position.most() + 1);
                for (var person = 0; person < count; person++) {
                    people.add(person(random, words, position, wards.get(i), day));
                }
            }
        }
        return List.copyOf(people);
    }

    /** The names of the wards as units: "Phường Giang Biên". */
    static List<String> wards() {
        return SampleWords.lines("ward-names.csv").map(name -> "Phường " + name).toList();
    }

    /**
     * Many people for measuring, made one by one as they are asked for. Person i works in unit {@code i mod units}, so units are
     * equally large; its position is that of a ward, so that within a unit ranks go through all positions.
     *
     * @param people how many, at most 10 million
     * @param units over how many units, named "Đơn vị mẫu 1" and so on
     * @param day ages are counted on this day
     */
    static Stream<SamplePerson> many(int people, int units, long seed, LocalDate day) {
        Check.that(people >= 0 && people <= 10_000_000 && units > 0, "how many people over how many units");
        var words = SampleWords.load();
        var positions = WardPosition.all();
        return IntStream.range(0, people).mapToObj(i -> {
            // a generator of its own: a person does not depend on who was made before
            var random = new Random(scattered(seed, i));
            var position = positions.get(i / units % positions.size());
            return person(random, words, position, "Đơn vị mẫu " + (i % units + 1), day);
        });
    }

    /** A seed far from its neighbours': the first numbers of {@link Random} hardly differ for seeds that follow each other. */
    private static long scattered(long seed, int index) {
        var bits = seed * 0x9E3779B97F4A7C15L + index;
        bits = (bits ^ bits >>> 33) * 0xFF51AFD7ED558CCDL;
        bits = (bits ^ bits >>> 33) * 0xC4CEB9FE1A85EC53L;
        return bits ^ bits >>> 33;
    }

    private static SamplePerson person(
            RandomGenerator random, SampleWords words, WardPosition position, String unit, LocalDate day) {
        var female = switch (position.sex()) {
            case ANY -> random.nextBoolean();
            case MALE -> false;
            case FEMALE -> true;
        };
        var name = words.name(random, female);
        var birthDate = day.minusYears(random.nextInt(position.youngest(), position.oldest()))
                .minusDays(random.nextInt(DAYS_OF_A_YEAR));
        return new SamplePerson(
                name,
                female,
                birthDate,
                position.kind(),
                position.name(),
                position.rank(),
                position.leads(),
                unit,
                position.bloc(),
                true);
    }
}
