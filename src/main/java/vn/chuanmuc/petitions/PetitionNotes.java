package vn.chuanmuc.petitions;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.ResultNotes;
import vn.chuanmuc.assessments.Results.About;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.petitions.Petitions.Filing;

/** Beside a result: until when it may be contested, and every petition there was about it. */
@Component
class PetitionNotes implements ResultNotes {
    private final Petitions petitions;

    PetitionNotes(Petitions petitions) {
        this.petitions = petitions;
    }

    @Override
    public List<Note> of(Viewer viewer, About about) {
        var notes = new ArrayList<Note>();
        for (Petition petition : petitions.ofForm(viewer, about.period(), about.formId())) {
            var words = new ArrayList<Reason>();
            words.add(Reason.of(
                    "petitions.note.filed",
                    java.util.Objects.requireNonNull(petition.filedOn()),
                    petition.gradeName(),
                    Reason.of("petitions.state." + petition.state().code())));
            if (petition.state().pending() && petition.answerBy() != null) {
                words.add(Reason.of("petitions.note.answer-by", petition.answerBy()));
            }
            notes.add(new Note(
                    "petitions.note",
                    words,
                    Reason.of("petitions.note.open"),
                    "/kien-nghi/" + petition.id()));
        }
        if (about.told() != null && about.personId().equals(viewer.personId())) {
            petitions
                    .filing(viewer.tenantId(), about.period(), about.formId(), petitions.today())
                    .ifPresent(filing -> own(about, filing, notes));
        }
        return notes;
    }

    private static void own(About about, Filing filing, List<Note> notes) {
        String href = "/kien-nghi/moi/" + about.period().code() + "/" + about.formId();
        switch (filing) {
            case Filing.Taken taken -> {
                // It stands above.
            }
            case Filing.Open open ->
                notes.add(new Note(
                        "petitions.note",
                        List.of(
                                open.late() && open.lateUntil() != null
                                        ? Reason.of(
                                                "petitions.note.late", open.clock().last(), open.lateUntil())
                                        : Reason.of("petitions.note.until", open.clock().last())),
                        Reason.of(open.late() ? "petitions.note.do-late" : "petitions.note.do"),
                        href));
            case Filing.Over over ->
                notes.add(new Note(
                        "petitions.note", List.of(Late.reason(over)), Reason.of("petitions.note.how"), href));
        }
    }
}
