package vn.chuanmuc.bench;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.commitments.CommitmentPapers;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.scans.Scanner;
import vn.chuanmuc.scans.Scans;
import vn.chuanmuc.scans.Sheaf;
import vn.chuanmuc.scans.Sheaf.Group;

/** Piles of the product's own papers, scanned as offices scan them and read back. */
final class ScanPiles {
    private static final int SHEETS_IN_A_FILE = 25;
    /** Of a hundred sheets, how many are none of ours. */
    private static final int STRANGERS = 5;

    private final ApplicationContext context;
    private final BenchBody body;
    private final Scanner scanner;
    private final Random random;
    private final Scans scans;
    private final JdbcClient jdbc;
    /** By dots an inch: sheets of ours, and how many were not matched. */
    private final Map<Integer, int[]> byDpi = new TreeMap<>();

    private int mismatched;
    private int strangersTaken;
    private int sheets;
    private double cpuMillis;
    private double wallMillis;

    ScanPiles(ApplicationContext context, BenchBody body, long seed) {
        this.context = context;
        this.body = body;
        this.scanner = new Scanner(seed);
        this.random = new Random(seed);
        this.scans = context.getBean(Scans.class);
        this.jdbc = context.getBean(JdbcClient.class);
    }

    private record Known(Scanner.Sheet sheet, String what) {}

    /** Prints, scans, shuffles and reads the papers of these people as one pile. */
    UUID read(List<UUID> people, UUID unit, long postgres) throws IOException {
        List<Known> known = scanned(people);
        Collections.shuffle(known, random);
        var incoming = new ArrayList<Scans.Incoming>();
        for (int at = 0; at < known.size(); at += SHEETS_IN_A_FILE) {
            Path file = Files.createTempFile("quet", ".pdf");
            Files.write(
                    file,
                    Scanner.pdf(known.subList(at, Math.min(at + SHEETS_IN_A_FILE, known.size())).stream()
                            .map(Known::sheet)
                            .toList()));
            incoming.add(new Scans.Incoming(file.getFileName().toString(), file));
        }
        long own = ProcessHandle.current().pid();
        double cpu = ProcessCpu.millis(own, postgres);
        long start = System.nanoTime();
        var taking = scans.take(body.clerk, new Scans.Bringing(null, body.campaign, unit, "", null, incoming));
        for (Scans.Incoming file : incoming) {
            Files.delete(file.file());
        }
        if (!(taking instanceof Scans.Taking.Taken(var pile, var already))) {
            throw new IllegalStateException(taking.toString());
        }
        while (scans.overview(body.clerk, pile).reading() != null) {
            pause();
        }
        wallMillis += (System.nanoTime() - start) / 1e6;
        cpuMillis += ProcessCpu.millis(own, postgres) - cpu;
        sheets += known.size();
        judge(known, pile);
        return pile;
    }

    private List<Known> scanned(List<UUID> people) throws IOException {
        var commitmentPapers = context.getBean(CommitmentPapers.class);
        var papers = context.getBean(Papers.class);
        var known = new ArrayList<Known>();
        for (UUID person : people) {
            var printing = (CommitmentPapers.Printing.Printed)
                    commitmentPapers.of(body.clerk, body.campaign, person, CommitmentPapers.Format.PDF);
            String code = papers.of(body.tenant, CommitmentPapers.FORM, body.campaign, person)
                    .getFirst()
                    .code()
                    .signs();
            int dpi = scanner.dpi();
            int number = 1;
            for (BufferedImage page : scanner.printed(printing.file().bytes(), dpi, true)) {
                known.add(new Known(scanner.scan(page, dpi), code + "/" + number++));
                if (random.nextInt(100) < STRANGERS) {
                    known.add(new Known(scanner.scan(scanner.stranger(dpi), dpi), ""));
                }
            }
        }
        return known;
    }

    private void judge(List<Known> known, UUID pile) {
        Map<Integer, String> read = new HashMap<>();
        jdbc.sql("""
                        select (f.seq - 1) * ? + g.number as number, p.code || '/' || g.page as what
                        from scans.page g
                        join scans.file f on f.tenant_id = g.tenant_id and f.id = g.file_id
                        join scans.sheaf s on s.tenant_id = g.tenant_id and s.id = g.sheaf_id
                        join documents.paper p on p.tenant_id = s.tenant_id and p.id = s.paper_id
                        where g.tenant_id = ? and g.pile_id = ?
                        """)
                .params(SHEETS_IN_A_FILE, body.tenant, pile)
                .query((row, n) -> read.put(row.getInt("number"), row.getString("what")))
                .list();
        for (int i = 0; i < known.size(); i++) {
            Known sheet = known.get(i);
            String what = read.get(i + 1);
            if (sheet.what().isEmpty()) {
                strangersTaken += what == null ? 0 : 1;
                continue;
            }
            int[] counts = byDpi.computeIfAbsent(sheet.sheet().dpi(), dpi -> new int[2]);
            counts[0]++;
            counts[1] += what == null ? 1 : 0;
            mismatched += what == null || what.equals(sheet.what()) ? 0 : 1;
        }
    }

    /** Looks at every complete paper and confirms them together. @return milliseconds of the confirming */
    double confirm(UUID pile) {
        for (Sheaf paper : scans.overview(body.clerk, pile).in(Group.READY)) {
            scans.look(body.clerk, pile, paper.id());
        }
        scans.signedOn(body.clerk, pile, LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")));
        long start = System.nanoTime();
        if (!(scans.confirmLooked(body.clerk, pile) instanceof Scans.Done.Yes)) {
            throw new IllegalStateException("not confirmed");
        }
        while (scans.overview(body.clerk, pile).confirming() != null) {
            pause();
        }
        double millis = (System.nanoTime() - start) / 1e6;
        int left = scans.overview(body.clerk, pile).in(Group.READY).size();
        if (left > 0) {
            throw new IllegalStateException(left + " papers are not confirmed");
        }
        return millis;
    }

    /** Gives the room of files and pictures back: a long run would fill the disk. */
    void forget(UUID pile) {
        jdbc.sql("""
                        delete from scans.page_image i using scans.page g
                        where i.tenant_id = ? and g.tenant_id = i.tenant_id and g.id = i.page_id and g.pile_id = ?
                        """).params(body.tenant, pile).update();
        jdbc.sql("""
                        delete from scans.file_part i using scans.file f
                        where i.tenant_id = ? and f.tenant_id = i.tenant_id and f.id = i.file_id and f.pile_id = ?
                        """).params(body.tenant, pile).update();
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Map<Integer, int[]> byDpi() {
        return byDpi;
    }

    int mismatched() {
        return mismatched + strangersTaken;
    }

    int sheets() {
        return sheets;
    }

    double pagesPerCpuSecond() {
        return sheets / (cpuMillis / 1_000);
    }

    double wallSeconds() {
        return wallMillis / 1_000;
    }

    /** Of the sheets scanned at 200 dots an inch or more, the share that was matched. */
    double matchedAt200() {
        int all = 0;
        int missed = 0;
        for (var entry : byDpi.entrySet()) {
            if (entry.getKey() >= 200) {
                all += entry.getValue()[0];
                missed += entry.getValue()[1];
            }
        }
        return (all - missed) / (double) all;
    }
}
