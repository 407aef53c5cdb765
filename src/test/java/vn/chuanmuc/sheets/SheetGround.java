package vn.chuanmuc.sheets;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycle;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.PaperForms.Place;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.CommitmentSamples;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.criteria.Applicability;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Decisions;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.office.PdfWriter;
import vn.chuanmuc.scans.Scanner;
import vn.chuanmuc.testing.RealDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** A ward whose people signed the real text and are assessed for a quarter, with what comes out of the scanner. */
@TestComponent
@Lazy
public class SheetGround {
    static final Period QUARTER = new Period(2021, 4);

    private final TestBodies bodies;
    private final Decisions decisions;
    private final Criteria criteria;
    private final Applicability applicability;
    private final Campaigns campaigns;
    private final Commitments commitments;
    private final Cycles cycles;
    private final Forms forms;
    private final SheetPapers papers;
    private final SheetPiles piles;
    private final JdbcClient jdbc;

    SheetGround(
            TestBodies bodies,
            Decisions decisions,
            Criteria criteria,
            Applicability applicability,
            Campaigns campaigns,
            Commitments commitments,
            Cycles cycles,
            Forms forms,
            SheetPapers papers,
            SheetPiles piles,
            JdbcClient jdbc) {
        this.bodies = bodies;
        this.decisions = decisions;
        this.criteria = criteria;
        this.applicability = applicability;
        this.campaigns = campaigns;
        this.commitments = commitments;
        this.cycles = cycles;
        this.forms = forms;
        this.papers = papers;
        this.piles = piles;
        this.jdbc = jdbc;
    }

    public Ward ward(String... names) {
        return new Ward(names);
    }

    /** Ward One in the quarter: its head, its officials, two clerks. */
    public final class Ward {
        public final Body body = bodies.create();
        public final Viewer board = body.viewer(Role.BOARD, body.root);
        public final Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        public final Viewer otherClerk = body.viewer(Role.CLERK, body.wardOne);
        public final Viewer head;
        public final Map<String, Viewer> officials = new LinkedHashMap<>();
        public final UUID cycle;

        private Ward(String... names) {
            body.viewer(Role.HEAD, body.root);
            UUID leader = body.person("Lê Thị Đứng Đầu", body.wardOne, body.partyBloc, body.secretary);
            head = body.viewer(Role.HEAD, body.wardOne, leader);
            for (String name : names) {
                officials.put(name, body.official(body.person(name, body.wardOne, body.partyBloc, body.staff)));
            }
            RealDecision decision = RealDecision.publish(decisions, criteria, body);
            applicability.acceptProposals(board, decision.id(), List.of(body.wardOne));
            UUID campaign =
                    CampaignSamples.draft(campaigns, board, CampaignSamples.plan(body, decision.id(), body.wardOne));
            if (!(campaigns.launch(board, campaign) instanceof Campaigns.Launch.Launched)) {
                throw new IllegalStateException("not opened");
            }
            var signers = new ArrayList<>(officials.values());
            signers.add(head);
            for (Viewer signer : signers) {
                if (!CommitmentSamples.sign(commitments, signer, campaign)) {
                    throw new IllegalStateException("not signed");
                }
            }
            if (cycles.plan(
                                    board,
                                    new Cycles.Plan(
                                            QUARTER, campaign, "Đánh giá quý IV năm 2021", LocalDate.of(2021, 12, 25)))
                            instanceof Cycles.Saved.Done(var id)
                    && cycles.open(board, id) instanceof Cycles.Opening.Opened) {
                cycle = id;
            } else {
                throw new IllegalStateException("no cycle");
            }
        }

        public Viewer official(String name) {
            return Objects.requireNonNull(officials.get(name));
        }

        public UUID form(Viewer person) {
            return jdbc.sql("select id from assessments.form where tenant_id = ? and cycle_id = ? and person_id = ?")
                    .params(body.tenant, cycle, Objects.requireNonNull(person.personId()))
                    .query((row, n) -> row.getObject(1, UUID.class))
                    .single();
        }

        private Place place(Viewer person, String actor) {
            return jdbc.sql(
                            "select form_id, stage from assessments.rating where tenant_id = ? and form_id = ? and actor = ?")
                    .params(body.tenant, form(person), actor)
                    .query((row, n) -> new Place(QUARTER, row.getObject(1, UUID.class), row.getString(2)))
                    .single();
        }

        public Place self(Viewer person) {
            return place(person, "self");
        }

        public Place byHead(Viewer person) {
            return place(person, "head");
        }

        public Cycle cycle() {
            return cycles.getVisible(board, cycle);
        }

        /** The PDF printed for a stage. */
        public byte[] printed(Viewer viewer, Place place) {
            return switch (papers.one(viewer, place)) {
                case SheetPapers.Printing.Printed(var file) -> file.bytes();
                case SheetPapers.Printing.Refused(var why) -> throw new IllegalStateException(why.toString());
            };
        }

        public UUID paper(Place place) {
            if (papers.issue(clerk, place) instanceof SheetPapers.Issuing.Issued(var paper, var letter)) {
                return paper.id();
            }
            throw new IllegalStateException("no paper");
        }

        /** The printed form with a cross in a box of each row; 0 none, 9 in two boxes. */
        public List<BufferedImage> filled(Scanner scanner, Place place, int dpi, int... levels) {
            try {
                return crossed(scanner.printed(printed(clerk, place), dpi, true), place, dpi, levels);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Pages of a printed form, with a cross in a box of each row; 0 none, 9 in two boxes. */
        public List<BufferedImage> crossed(List<BufferedImage> pages, Place place, int dpi, int... levels) {
            if (!(papers.issue(clerk, place) instanceof SheetPapers.Issuing.Issued(var paper, var letter))) {
                throw new IllegalStateException("no paper");
            }
            try {
                Layout layout = letter.layout();
                double width =
                        210.0 - layout.margins().left() - layout.margins().right();
                int choices = letter.points().choices().size();
                for (PdfWriter.Row row : PdfWriter.measure(letter).rows()) {
                    int level = levels[(row.number() - 1) % levels.length];
                    for (int box = 1; box <= choices; box++) {
                        if (box == level || level == 9 && box <= 2) {
                            double x = layout.margins().left() + width * (1 - 0.11 * choices + 0.11 * (box - 0.5));
                            cross(pages.get(row.page() - 1), dpi / 25.4, x, row.top() + row.height() / 2);
                        }
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return pages;
        }

        private void cross(BufferedImage page, double scale, double x, double y) {
            Graphics2D to = page.createGraphics();
            to.setColor(new Color(20, 40, 150));
            to.setStroke(new BasicStroke((float) scale * 0.7f));
            to.drawLine((int) ((x - 2.2) * scale), (int) ((y - 2) * scale), (int) ((x + 2.2) * scale), (int)
                    ((y + 2) * scale));
            to.drawLine((int) ((x - 2) * scale), (int) ((y + 2.2) * scale), (int) ((x + 2) * scale), (int)
                    ((y - 2.2) * scale));
            to.dispose();
        }

        /** Clean sheets of a filled form. */
        public List<Scanner.Sheet> sheets(Scanner scanner, Place place, int... levels) {
            try {
                var sheets = new ArrayList<Scanner.Sheet>();
                for (BufferedImage page : filled(scanner, place, 150, levels)) {
                    sheets.add(new Scanner.Sheet(Scanner.jpeg(page, 0.8f), 150, false));
                }
                return sheets;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        SheetPiles.Taking take(Viewer viewer, @Nullable UUID pile, byte[]... files) {
            var incoming = new ArrayList<SheetPiles.Incoming>();
            try {
                for (int i = 0; i < files.length; i++) {
                    Path copy = Files.createTempFile("quet", ".tep");
                    Files.write(copy, files[i]);
                    incoming.add(new SheetPiles.Incoming("quet-" + i + ".pdf", copy));
                }
                try {
                    return piles.take(viewer, new SheetPiles.Bringing(pile, body.wardOne, "Chồng thử", incoming));
                } finally {
                    for (SheetPiles.Incoming file : incoming) {
                        Files.delete(file.file());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Brings sheets as one PDF and waits until their codes are read. */
        public UUID scanned(@Nullable UUID pile, List<Scanner.Sheet> sheets) {
            try {
                return switch (take(clerk, pile, Scanner.pdf(sheets))) {
                    case SheetPiles.Taking.Taken(var id, var known) -> read(id);
                    case SheetPiles.Taking.Refused(var field, var why) ->
                        throw new IllegalStateException(why.toString());
                };
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        UUID read(UUID pile) {
            Instant until = Instant.now().plus(Duration.ofMinutes(3));
            while (Instant.now().isBefore(until)) {
                if (piles.reading(clerk, pile).isEmpty()) {
                    return pile;
                }
                try {
                    Thread.sleep(100);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }
            throw new IllegalStateException("still being read");
        }

        /** Hands a stage in on the screen. */
        public Forms.HandingIn onScreen(Viewer viewer, Place place, int level) {
            int items = forms.sheet(viewer, QUARTER, place.formId()).form().items();
            var levels = new ArrayList<@Nullable Integer>();
            for (int i = 0; i < items; i++) {
                levels.add(level);
            }
            int version = forms.sheet(viewer, QUARTER, place.formId())
                    .stage(place.stage())
                    .orElseThrow()
                    .version();
            return forms.handIn(
                    viewer,
                    QUARTER,
                    place.formId(),
                    place.stage(),
                    version,
                    new Forms.Draft(levels, Map.of()),
                    false,
                    null);
        }
    }
}
