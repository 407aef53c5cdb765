package vn.chuanmuc.scans;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vn.chuanmuc.documents.PageMark;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.LetterSamples;
import vn.chuanmuc.office.PdfWriter;

/**
 * Where the CPU of a sheet goes, stage by stage, without a database: the same sheets each time (arguments: how many papers, seed), as
 * offices scan them, one in ten a stranger.
 */
final class ScanCosts {
    private final Map<String, Long> nanos = new LinkedHashMap<>();

    private ScanCosts() {}

    private interface Work<T> {
        T run() throws Exception;
    }

    private <T> T cost(String stage, Work<T> work) throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        T result = work.run();
        nanos.merge(stage, threads.getCurrentThreadCpuTime() - start, Long::sum);
        return result;
    }

    private record Known(Scanner.Sheet sheet, int page) {}

    public static void main(String[] arguments) throws Exception {
        int papers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 264;
        Path folder = Path.of("target", "scan-costs", papers + "-" + seed);
        var costs = new ScanCosts();
        var known = costs.sheets(papers, seed);
        Files.createDirectories(folder);
        Path file = folder.resolve("pile.pdf");
        Files.write(file, Scanner.pdf(known.stream().map(Known::sheet).toList()));
        int matched = 0;
        int wrong = 0;
        int ours = 0;
        var missed = new ArrayList<String>();
        long kept = 0;
        for (int round = 0; round < 2; round++) {
            boolean warm = round == 0; // the compilers first
            int count = warm ? Math.min(30, known.size()) : known.size();
            if (!warm) {
                costs.nanos.keySet().removeIf(stage -> !stage.startsWith("simulation"));
            }
            try (var source = new PageSource(file, ScanKind.PDF)) {
                for (int i = 0; i < count; i++) {
                    int number = i + 1;
                    BufferedImage drawn = costs.cost("draw", () -> source.page(number));
                    Gray gray = costs.cost("grey", () -> Gray.of(drawn));
                    CodeReader.Found found = costs.cost("code", () -> CodeReader.read(gray, code -> true));
                    int quarters = found instanceof CodeReader.Found.Mark(PageMark mark, PagePlace place)
                            ? place.quarters()
                            : 0;
                    BufferedImage upright = costs.cost("turn", () -> PageImage.turned(drawn, quarters));
                    byte[] jpeg = costs.cost("keep", () -> PageImage.jpeg(upright));
                    if (warm) {
                        continue;
                    }
                    kept += jpeg.length;
                    Known sheet = known.get(i);
                    ours += sheet.page() > 0 ? 1 : 0;
                    if (found instanceof CodeReader.Found.Mark(PageMark mark, PagePlace place)) {
                        boolean right = mark.page() == sheet.page()
                                && mark.code().signs().equals(LetterSamples.CODE.replace("-", ""));
                        matched += right ? 1 : 0;
                        wrong += right ? 0 : 1;
                    } else if (sheet.page() > 0) {
                        missed.add(i + "@" + sheet.sheet().dpi());
                    }
                }
            }
        }
        long sum = 0;
        for (var stage : costs.nanos.entrySet()) {
            System.out.printf(
                    Locale.ROOT, "%-28s %8.1f ms a sheet%n", stage.getKey(), stage.getValue() / 1e6 / known.size());
            sum += stage.getKey().startsWith("simulation") ? 0 : stage.getValue();
        }
        System.out.printf(
                Locale.ROOT,
                "%d sheets, %d of ours, matched %d, wrong %d, missed %s; reading %.1f ms, %.2f sheets a CPU-second; kept %d kB%n",
                known.size(),
                ours,
                matched,
                wrong,
                missed,
                sum / 1e6 / known.size(),
                known.size() / (sum / 1e9),
                kept / known.size() / 1_000);
    }

    private List<Known> sheets(int papers, long seed) throws Exception {
        var scanner = new Scanner(seed);
        var known = new ArrayList<Known>();
        var bytes = new ByteArrayOutputStream();
        PdfWriter.write(LetterSamples.commitment(Layouts.all().getFirst(), "Trần Thị Hoà", 27), bytes);
        for (int paper = 0; paper < papers; paper++) {
            int dpi = scanner.dpi();
            int number = 1;
            for (BufferedImage page :
                    cost("simulation: print", () -> scanner.printed(bytes.toByteArray(), dpi, true))) {
                known.add(new Known(cost("simulation: scan", () -> scanner.scan(page, dpi)), number++));
            }
            if (paper % 3 == 0) {
                known.add(new Known(scanner.scan(scanner.stranger(dpi), dpi), 0));
            }
        }
        return known;
    }
}
