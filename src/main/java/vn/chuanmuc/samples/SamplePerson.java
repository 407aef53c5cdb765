package vn.chuanmuc.samples;

import java.time.LocalDate;
import vn.chuanmuc.directory.PersonKind;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.PersonName;

/**
 * A person who does not exist.
 *
 * @param rank the order in which positions are listed, from 1
 * @param leads whether the position is one of leaders and managers (lãnh đạo, quản lý), to whom the first criteria set applies
 * @param sample always true: whoever shows this person shows the mark
 */
record SamplePerson(
        PersonName name,
        boolean female,
        LocalDate birthDate,
        PersonKind kind,
        String position,
        int rank,
        boolean leads,
        String unit,
        String bloc,
        boolean sample) {

    SamplePerson {
        Check.that(sample, "a sample person is marked as one");
    }
}
