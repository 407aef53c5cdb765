package vn.chuanmuc.submissions;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.submissions.Lists.Key;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** A body with a launched campaign in its first ward, and everybody who moves a list. */
final class ListGround {
    final Body body;
    final Viewer board;
    final Viewer clerk;
    final Viewer otherClerk;
    final Viewer head;
    final UUID campaign;
    /** Of the first ward's party bloc. */
    final Key key;

    private final Lists lists;
    private final Commitments commitments;
    private final Map<UUID, Viewer> officials = new ConcurrentHashMap<>();

    private ListGround(Body body, Viewer board, UUID campaign, Lists lists, Commitments commitments) {
        this.body = body;
        this.board = board;
        this.campaign = campaign;
        this.lists = lists;
        this.commitments = commitments;
        clerk = body.viewer(Role.CLERK, body.wardOne);
        otherClerk = body.viewer(Role.CLERK, body.wardOne);
        head = body.viewer(Role.HEAD, body.wardOne);
        key = new Key(campaign, body.wardOne, body.partyBloc);
    }

    /** The people must be in the body already; the campaign takes in the units given. */
    static ListGround launch(
            Body body, JdbcClient jdbc, Campaigns campaigns, Lists lists, Commitments commitments, UUID... units) {
        Viewer board = body.viewer(Role.BOARD, body.root);
        var decision = SmallDecision.publish(jdbc, body);
        UUID campaign = CampaignSamples.launched(campaigns, body, board, decision, units);
        return new ListGround(body, board, campaign, lists, commitments);
    }

    /** The account of somebody on the roster; the same each time. */
    Viewer official(UUID person) {
        return officials.computeIfAbsent(person, body::official);
    }

    Commitments.Signing sign(UUID person) {
        Viewer official = official(person);
        var form = commitments.form(official, campaign).orElseThrow();
        return commitments.sign(official, campaign, form.set().id(), form.bodyHash(), TestBodies.PASSWORD);
    }

    /** Opens the accounts of people who will sign at the same time. */
    void meet(List<UUID> people) {
        people.forEach(person -> officials.computeIfAbsent(person, body::official));
    }

    int compile() {
        ListVersion current = lists.get(clerk, key).current();
        return done(lists.compile(clerk, key, "", current == null ? 0 : current.number()));
    }

    int approve() {
        return done(lists.approve(head, key, compile()));
    }

    int submit() {
        return done(lists.submit(clerk, key, approve()));
    }

    int accept() {
        return done(lists.accept(board, key, submit(), ""));
    }

    static int done(Moved moved) {
        return switch (moved) {
            case Moved.Done(int version) -> version;
            case Moved.Already already -> throw new AssertionError(already.toString());
            case Moved.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    static String refusal(Moved moved) {
        return switch (moved) {
            case Moved.Refused(var why) -> why.key();
            case Moved.Done done -> throw new AssertionError(done.toString());
            case Moved.Already already -> throw new AssertionError(already.toString());
        };
    }

    /** The same wish from many at once. */
    static List<Moved> atOnce(int times, Callable<Moved> wish) throws Exception {
        try (var threads = Executors.newFixedThreadPool(times)) {
            var outcomes = threads.invokeAll(
                    IntStream.range(0, times).mapToObj(i -> wish).toList());
            var moved = new java.util.ArrayList<Moved>();
            for (var outcome : outcomes) {
                moved.add(outcome.get());
            }
            return moved;
        }
    }
}
