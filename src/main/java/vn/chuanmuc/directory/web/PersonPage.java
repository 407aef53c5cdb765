package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.Leaves.Leave;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.PersonRecords;
import vn.chuanmuc.directory.Transfer;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * @param managed the assignments the viewer may change
 * @param held what other modules hold about the person
 * @param asOf the day the page is asked for
 */
record PersonPage(
        People.Portrait person,
        boolean manages,
        List<UUID> managed,
        List<Leave> leaves,
        List<Transfer> transfers,
        List<PersonRecords.Held> held,
        List<Lines.Standing> lines,
        AsOf asOf,
        Typed form,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }

    boolean ofToday() {
        return !asOf.past();
    }

    List<People.Assignment> onDay() {
        return person.assignments().stream()
                .filter(one -> one.on(asOf.day()))
                .sorted(Comparator.comparing(People.Assignment::main).reversed())
                .toList();
    }

    List<Leave> awayOnDay() {
        return leaves.stream().filter(leave -> leave.on(asOf.day())).toList();
    }

    /** Leave that has not begun yet. */
    List<Leave> comingLeaves() {
        return leaves.stream()
                .filter(leave -> ofToday() && leave.firstDay().isAfter(asOf.day()))
                .toList();
    }

    /** The end of an assignment as it was known on the day: none while it ran. */
    @Nullable
    LocalDate end(People.Assignment one) {
        LocalDate to = one.validTo();
        return to == null || to.isAfter(asOf.day()) && asOf.past() ? null : to;
    }

    /** What other modules hold since the day or longer. */
    List<PersonRecords.Held> heldThen() {
        return held.stream()
                .filter(one -> {
                    LocalDate day = one.day();
                    return ofToday() || day == null || !day.isAfter(asOf.day());
                })
                .toList();
    }

    boolean mayChange(People.Assignment one) {
        return ofToday() && managed.contains(one.id());
    }

    boolean severalOpen() {
        return person.assignments().stream().filter(People.Assignment::open).count() > 1;
    }

    boolean works() {
        return person.assignments().stream().anyMatch(People.Assignment::open);
    }

    List<Transfer> liveTransfers() {
        return transfers.stream()
                .filter(one -> one.live() || one.state() == Transfer.State.FAILED)
                .toList();
    }

    /** One line of the person's course: an assignment, a leave or a transfer. */
    record Event(
            LocalDate from,
            @Nullable LocalDate to,
            People.@Nullable Assignment assignment,
            @Nullable Leave leave,
            @Nullable Transfer transfer) {}

    /** Everything that had begun by the day, the newest first; today also what is to come. */
    List<Event> course() {
        var events = new ArrayList<Event>();
        person.assignments().forEach(one -> events.add(new Event(one.validFrom(), one.validTo(), one, null, null)));
        leaves.forEach(leave -> events.add(new Event(leave.firstDay(), leave.lastDay(), null, leave, null)));
        transfers.stream()
                .filter(one -> one.state() == Transfer.State.DONE)
                .forEach(one -> events.add(new Event(one.effective(), null, null, null, one)));
        events.removeIf(event -> asOf.past() && event.from().isAfter(asOf.day()));
        events.sort(Comparator.comparing(Event::from).reversed());
        return events;
    }

    boolean correctable(People.Assignment one) {
        return managed.contains(one.id());
    }
}
