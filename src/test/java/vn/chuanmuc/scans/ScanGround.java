package vn.chuanmuc.scans;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Plan;
import vn.chuanmuc.commitments.CommitmentPapers;
import vn.chuanmuc.criteria.Applicability;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Decisions;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.testing.RealDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** A body whose people sign the real text on paper, and what a clerk brings of it. */
@TestComponent
@Lazy
public class ScanGround {
    private final TestBodies bodies;
    private final Decisions decisions;
    private final Criteria criteria;
    private final Applicability applicability;
    private final Campaigns campaigns;
    private final CommitmentPapers commitmentPapers;
    private final Papers papers;
    private final Scans scans;
    private final JdbcClient jdbc;

    ScanGround(
            TestBodies bodies,
            Decisions decisions,
            Criteria criteria,
            Applicability applicability,
            Campaigns campaigns,
            CommitmentPapers commitmentPapers,
            Papers papers,
            Scans scans,
            JdbcClient jdbc) {
        this.bodies = bodies;
        this.decisions = decisions;
        this.criteria = criteria;
        this.applicability = applicability;
        this.campaigns = campaigns;
        this.commitmentPapers = commitmentPapers;
        this.papers = papers;
        this.scans = scans;
        this.jdbc = jdbc;
    }

    public Ward ward(int people) {
        return new Ward(people);
    }

    /** A ward with a campaign that is open, and its clerk. */
    public final class Ward {
        public final Body body = bodies.create();
        public final Viewer board = body.viewer(Role.BOARD, body.root);
        public final Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        public final List<UUID> people;
        public final UUID campaign;

        private Ward(int count) {
            people = body.people(count, body.wardOne, body.partyBloc);
            body.viewer(Role.HEAD, body.wardOne);
            RealDecision decision = RealDecision.publish(decisions, criteria, body);
            applicability.acceptProposals(board, decision.id(), List.of(body.wardOne));
            Plan plan = CampaignSamples.plan(body, decision.id(), body.wardOne);
            campaign = CampaignSamples.draft(
                    campaigns,
                    board,
                    new Plan(
                            plan.year(),
                            plan.title(),
                            plan.planNumber(),
                            plan.planDate(),
                            plan.decisionId(),
                            plan.signBy(),
                            plan.submitBy(),
                            Set.of("xac-nhan-dien-tu", "giay"),
                            plan.receiverUnit(),
                            plan.units()));
            if (!(campaigns.launch(board, campaign) instanceof Campaigns.Launch.Launched)) {
                throw new IllegalStateException("not opened");
            }
        }

        /** The PDF printed for a person. */
        public byte[] printed(UUID person) {
            return switch (commitmentPapers.of(clerk, campaign, person, CommitmentPapers.Format.PDF)) {
                case CommitmentPapers.Printing.Printed(var file) -> file.bytes();
                case CommitmentPapers.Printing.Refused(var why) -> throw new IllegalStateException(why.toString());
            };
        }

        public Paper paper(UUID person) {
            return papers.of(body.tenant, CommitmentPapers.FORM, campaign, person)
                    .getFirst();
        }

        /** Clean sheets of a person's signed paper. */
        public List<Scanner.Sheet> signed(Scanner scanner, UUID person, int dpi) throws IOException {
            var sheets = new ArrayList<Scanner.Sheet>();
            for (var page : scanner.printed(printed(person), dpi, true)) {
                sheets.add(new Scanner.Sheet(Scanner.jpeg(page, 0.8f), dpi, false));
            }
            return sheets;
        }

        /** The pile as files of 25 sheets, in order. */
        public byte[][] files(List<Scanner.Sheet> sheets) throws IOException {
            var files = new ArrayList<byte[]>();
            for (int at = 0; at < sheets.size(); at += 25) {
                files.add(Scanner.pdf(sheets.subList(at, Math.min(at + 25, sheets.size()))));
            }
            return files.toArray(byte[][]::new);
        }

        public UUID bring(byte[] file) {
            return bring(null, null, file);
        }

        public UUID bring(@Nullable UUID pile, @Nullable LocalDate day, byte[]... files) {
            return switch (take(clerk, pile, day, files)) {
                case Scans.Taking.Taken(var id, var known) -> id;
                case Scans.Taking.Refused(var field, var why) -> throw new IllegalStateException(why.toString());
            };
        }

        public Scans.Taking take(Viewer viewer, @Nullable UUID pile, @Nullable LocalDate day, byte[]... files) {
            var incoming = new ArrayList<Scans.Incoming>();
            try {
                for (int i = 0; i < files.length; i++) {
                    Path copy = Files.createTempFile("quet", ".tep");
                    Files.write(copy, files[i]);
                    incoming.add(new Scans.Incoming("quet-" + i + ".pdf", copy));
                }
                try {
                    return scans.take(
                            viewer, new Scans.Bringing(pile, campaign, body.wardOne, "Chồng thử", day, incoming));
                } finally {
                    for (Scans.Incoming file : incoming) {
                        Files.delete(file.file());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Waits until every page is read. */
        public Scans.Overview read(UUID pile) {
            return read(pile, Duration.ofMinutes(10));
        }

        public Scans.Overview read(UUID pile, Duration patience) {
            Instant until = Instant.now().plus(patience);
            while (Instant.now().isBefore(until)) {
                Scans.Overview overview = scans.overview(clerk, pile);
                if (overview.reading() == null) {
                    return overview;
                }
                pause();
            }
            throw new IllegalStateException("still being read");
        }

        public long signatures() {
            return jdbc.sql("select count(*) from commitments.commitment where tenant_id = ? and standing = 'signed'")
                    .param(body.tenant)
                    .query((row, n) -> row.getLong(1))
                    .single();
        }
    }

    static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
