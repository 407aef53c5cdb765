package vn.chuanmuc.assessments;

import java.util.List;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Results.About;
import vn.chuanmuc.kernel.Reason;

/** What another module has to say beside a result, and where to go on: for the page that shows the result. */
public interface ResultNotes {
    /** @param title key of the heading; {@code words} one paragraph each; {@code link} what stands on the way to {@code href} */
    record Note(String title, List<Reason> words, Reason link, String href) {
        public Note {
            words = List.copyOf(words);
        }
    }

    /** About a result the viewer may see. */
    List<Note> of(Viewer viewer, About about);
}
