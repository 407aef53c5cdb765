package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.PersonName;

/**
 * A person to be added with one main assignment.
 *
 * @param unitId exists in the body
 * @param bloc its name; made when there is none of this name yet
 * @param position its name; made, with {@code leads} and {@code rank}, when there is none of this name yet
 * @param sample whether the person is made up; shown wherever the person is
 */
public record NewPerson(
        PersonName name,
        @Nullable LocalDate birthDate,
        PersonKind kind,
        UUID unitId,
        String bloc,
        String position,
        boolean leads,
        int rank,
        boolean sample) {}
