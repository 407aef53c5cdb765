package vn.chuanmuc.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.PrintRuns;
import vn.chuanmuc.commitments.SignerQuery;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Jobs;

/**
 * The long run of printing: so many papers (10,000 unless told otherwise), unit by unit of 500, each by the product's job and fetched
 * as one file. Ends with an error when a paper is missing or two bear one code. The report is {@code target/print-run.tsv}, a line a unit.
 */
final class PrintRun {
    private static final Path FOLDER = Path.of("target", "print-run-data");
    private static final Path REPORT = Path.of("target", "print-run.tsv");
    private static final int UNIT = 500;

    private PrintRun() {}

    public static void main(String[] arguments) {
        int papers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int status = 0;
        try (ConfigurableApplicationContext context = OwnProduct.start(FOLDER)) {
            run(context, papers);
        } catch (Exception e) {
            e.printStackTrace(); // a run that found something has nobody to answer to but the console
            status = 1;
        }
        System.exit(status);
    }

    private static void run(ConfigurableApplicationContext context, int papers) throws Exception {
        int units = (papers + UNIT - 1) / UNIT;
        int[] sizes = new int[units];
        Arrays.fill(sizes, UNIT);
        sizes[units - 1] = papers - (units - 1) * UNIT;
        var body = new BenchBody(context, "in", sizes);
        var campaign = context.getBean(Campaigns.class).get(body.tenant, body.campaign);
        var runs = context.getBean(PrintRuns.class);
        var jobs = context.getBean(Jobs.class);
        long own = ProcessHandle.current().pid();
        long postgres = OwnProduct.postgres(FOLDER);
        Files.writeString(REPORT, "papers\tpages\tMB\twall s\tCPU s\theap peak MB\theap after collection MB\n");
        int printed = 0;
        long pages = 0;
        double bytes = 0;
        double cpu = ProcessCpu.millis(own, postgres);
        long start = System.nanoTime();
        for (int unit = 0; unit < units; unit++) {
            var started = (PrintRuns.Start.Later) runs.start(
                    body.clerk,
                    campaign,
                    new SignerQuery("", body.units.get(unit), false, null, false, 0, UNIT, null),
                    "Đơn vị đo " + unit);
            Job job = jobs.find(body.tenant, started.job()).orElseThrow();
            while (job.live()) {
                Thread.sleep(50);
                job = jobs.find(body.tenant, started.job()).orElseThrow();
            }
            UUID run = job.subject();
            int made = runs.get(body.clerk, run).papers();
            if (made != sizes[unit]) {
                throw new IllegalStateException(made + " papers for " + sizes[unit] + " people: " + job.state());
            }
            Path file = FOLDER.resolve("don-vi.pdf");
            fetch(runs, body, run, file);
            printed += made;
            pages += pages(file);
            bytes += Files.size(file) / 1e6;
            Files.delete(file);
            String line = String.format(
                    Locale.ROOT,
                    "%d\t%d\t%.1f\t%.1f\t%.1f\t%.0f\t%.0f%n",
                    printed,
                    pages,
                    bytes,
                    (System.nanoTime() - start) / 1e9,
                    (ProcessCpu.millis(own, postgres) - cpu) / 1e3,
                    heap(false),
                    heap(true));
            Files.writeString(REPORT, line, StandardOpenOption.APPEND);
            System.out.print(line);
        }
        int codes = context.getBean(JdbcClient.class)
                .sql("select count(distinct code)::int from documents.paper where tenant_id = ?")
                .param(body.tenant)
                .query((row, n) -> row.getInt(1))
                .single();
        if (codes != papers) {
            throw new IllegalStateException(codes + " codes for " + papers + " papers");
        }
    }

    private static void fetch(PrintRuns runs, BenchBody body, UUID run, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            runs.write(body.clerk, run, out);
        }
    }

    private static int pages(Path file) throws IOException {
        try (var pdf = Loader.loadPDF(file.toFile())) {
            return pdf.getNumberOfPages();
        }
    }

    /** Megabytes of all heap pools: the most ever used, or what the last collections left. */
    private static double heap(boolean left) {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(
                                pool -> left ? left(pool) : pool.getPeakUsage().getUsed())
                        .sum()
                / 1e6;
    }

    private static long left(MemoryPoolMXBean pool) {
        return pool.getCollectionUsage() == null ? 0 : pool.getCollectionUsage().getUsed();
    }
}
