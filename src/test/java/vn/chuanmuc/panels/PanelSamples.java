package vn.chuanmuc.panels;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.PanelCycle;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.panels.Meeting.Way;

/** Meetings in each state that has a page of its own, for tests of every page. */
public final class PanelSamples {
    private static final List<String> ASSESSED = List.of(
            "Ngô Thị Mai", "Bùi Văn Lâm", "Đặng Thị Nga", "Hồ Văn Oanh", "Lý Thị Phương", "Mai Văn Quý", "Tô Thị Sen");

    private PanelSamples() {}

    /** Whoever must be an official of the ward. */
    public static String[] names() {
        return PanelGround.names(ASSESSED.toArray(String[]::new));
    }

    public static Viewer chair(PanelCycle cycle) {
        return cycle.official(PanelGround.CHAIR);
    }

    public static Viewer secretary(PanelCycle cycle) {
        return cycle.official(PanelGround.SECRETARY);
    }

    public static Viewer counter(PanelCycle cycle) {
        return cycle.official(PanelGround.COUNTER);
    }

    /** Addresses by what they show. */
    public static Map<String, String> make(
            PanelCycle cycle,
            Meetings meetings,
            Rounds rounds,
            Ballots ballots,
            MinutesBook minutes,
            MinutesSigning signing) {
        for (String name : ASSESSED) {
            cycle.rated(name, 1, 2);
        }
        var at = new LinkedHashMap<String, String>();
        at.put(
                "closed",
                at(counted(new PanelGround(cycle, meetings, rounds, ballots, minutes), ASSESSED.get(6), true)));
        at.put(
                "convened",
                at(new PanelGround(cycle, meetings, rounds, ballots, minutes).convened(ASSESSED.subList(1, 2))));
        PanelGround secret = new PanelGround(cycle, meetings, rounds, ballots, minutes)
                .convened(ASSESSED.subList(2, 3))
                .opened(List.of());
        at.put("secret", at(secret) + "/luot/" + secret.round(Way.SECRET, ASSESSED.get(2)));
        PanelGround paper = new PanelGround(cycle, meetings, rounds, ballots, minutes)
                .convened(ASSESSED.subList(3, 4))
                .opened(List.of());
        var round = paper.round(Way.PAPER, ASSESSED.get(3));
        PanelGround.now(rounds.enterPapers(
                paper.secretary(), paper.id, round, paper.entries(ASSESSED.get(3), 5, 5, 0, 4, 1, 0, 0), ""));
        at.put("paper", at(paper) + "/luot/" + round);
        at.put(
                "counted",
                at(counted(new PanelGround(cycle, meetings, rounds, ballots, minutes), ASSESSED.get(4), false)));
        PanelGround given = counted(new PanelGround(cycle, meetings, rounds, ballots, minutes), ASSESSED.get(5), false);
        Check.that(
                signing.give(given.secretary(), given.id, given.read(1)) instanceof MinutesSigning.Given.Done,
                "minutes are issued");
        at.put("given", at(given));
        PanelGround open = new PanelGround(cycle, meetings, rounds, ballots, minutes)
                .convened(List.of(PanelGround.GUEST))
                .opened(List.of());
        at.put("open", at(open));
        at.put("person", at(open) + "/nguoi/" + cycle.form(PanelGround.GUEST));
        // The newest stands first in the list.
        at.put("draft", at(new PanelGround(cycle, meetings, rounds, ballots, minutes).planned(ASSESSED.subList(0, 1))));
        return at;
    }

    private static PanelGround counted(PanelGround ground, String about, boolean closed) {
        ground.convened(List.of(about)).opened(List.of()).hands(about, 5, 0);
        ground.concluded(about, "xuat_sac", "Nhất trí");
        PanelGround.now(ground.minutes.make(ground.secretary(), ground.id, ""));
        if (closed) {
            ground.minutes.sign(ground.secretary(), ground.id, ground.read(1), PanelGround.PASSWORD);
            ground.minutes.sign(ground.chair(), ground.id, ground.read(1), PanelGround.PASSWORD);
        }
        return ground;
    }

    private static String at(PanelGround ground) {
        return "/hop/" + ground.id;
    }
}
