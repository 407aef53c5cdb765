package vn.chuanmuc.directory;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Evidence;

/** What imports changed, which unit went on as which, and who was found to be two people. */
@Component
class DirectoryEvidence implements Evidence {
    static final String IMPORT_CHANGES = "directory.people_import_change";
    static final String SUCCESSIONS = "directory.unit_succession";
    static final String NOT_SAME = "directory.not_same";

    @Override
    public List<Kind> kinds() {
        return List.of(
                Kind.of(IMPORT_CHANGES, "import_id", "part").togetherBy(1),
                Kind.of(SUCCESSIONS, "reorganisation_id", "id").togetherBy(1),
                Kind.of(NOT_SAME, "one_id", "other_id"));
    }
}
