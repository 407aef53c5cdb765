package vn.chuanmuc.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The long run of scans: so many papers (10,000 unless told otherwise) are printed by the product, scanned as offices do, shuffled with
 * strangers, and read back in piles of 200. The first pile is confirmed too. Ends with an error when a page was matched wrongly, or
 * fewer than 99 % at 200 dots an inch or more. The report, written after each pile, is {@code target/scans-run.tsv}.
 */
final class ScanRun {
    private static final Path FOLDER = Path.of("target", "scans-run-data");
    private static final int PILE = 200;

    private ScanRun() {}

    public static void main(String[] arguments) throws Exception {
        int papers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 264;
        int status;
        try (ConfigurableApplicationContext context = OwnProduct.start(FOLDER)) {
            status = run(context, papers, seed);
        }
        System.exit(status);
    }

    private static int run(ConfigurableApplicationContext context, int papers, long seed) throws IOException {
        int units = (papers + PILE - 1) / PILE;
        int[] sizes = new int[units];
        Arrays.fill(sizes, PILE);
        sizes[units - 1] = papers - (units - 1) * PILE;
        var body = new BenchBody(context, "quet", sizes);
        long postgres = OwnProduct.postgres(FOLDER);
        var piles = new ScanPiles(context, body, seed);
        double confirming = 0;
        int at = 0;
        for (int unit = 0; unit < units; unit++) {
            UUID pile = piles.read(body.people.subList(at, at + sizes[unit]), body.units.get(unit), postgres);
            at += sizes[unit];
            System.out.printf(
                    Locale.ROOT,
                    "%d papers, %d sheets, %.0f s of reading, mismatched %d, matched at 200 dpi %.4f%n",
                    at,
                    piles.sheets(),
                    piles.wallSeconds(),
                    piles.mismatched(),
                    piles.matchedAt200());
            if (unit == 0) {
                confirming = piles.confirm(pile);
            }
            if (papers > 1_000) {
                piles.forget(pile);
            }
            report(piles, at, seed, sizes[0], confirming);
        }
        return piles.mismatched() > 0 || piles.matchedAt200() < 0.99 ? 1 : 0;
    }

    /** Written after each pile: a run that is stopped has still said how far it came. */
    private static void report(ScanPiles piles, int papers, long seed, int confirmed, double confirming)
            throws IOException {
        var report = new StringBuilder("dpi\tsheets\tmatched\tmissed\n");
        piles.byDpi()
                .forEach((dpi, counts) ->
                        report.append("%d\t%d\t%d\t%d%n".formatted(dpi, counts[0], counts[0] - counts[1], counts[1])));
        report.append("papers\t%d%n".formatted(papers));
        report.append("sheets, strangers included\t%d%n".formatted(piles.sheets()));
        report.append("mismatched\t%d%n".formatted(piles.mismatched()));
        report.append("seed\t%d%n".formatted(seed));
        report.append(String.format(Locale.ROOT, "matched at 200 dpi or more\t%.5f%n", piles.matchedAt200()));
        report.append(String.format(Locale.ROOT, "sheets a CPU-second\t%.2f%n", piles.pagesPerCpuSecond()));
        report.append(String.format(Locale.ROOT, "reading, wall\t%.0f s%n", piles.wallSeconds()));
        report.append(
                String.format(Locale.ROOT, "confirming the first %d, wall\t%.1f s%n", confirmed, confirming / 1_000));
        Files.writeString(Path.of("target", "scans-run.tsv"), report);
    }
}
