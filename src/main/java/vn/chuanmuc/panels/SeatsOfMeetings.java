package vn.chuanmuc.panels;

import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.PanelSeats;

/** Whoever is convened to a meeting under way sees the forms on its agenda as its stage may. */
@Component
class SeatsOfMeetings implements PanelSeats {
    private final MeetingStore store;

    SeatsOfMeetings(MeetingStore store) {
        this.store = store;
    }

    @Override
    public Optional<String> stage(Viewer viewer, UUID formId) {
        UUID person = viewer.personId();
        return person == null ? Optional.empty() : store.stage(viewer.tenantId(), person, formId);
    }
}
