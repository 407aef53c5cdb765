package vn.chuanmuc.scans;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.documents.PaperCode;
import vn.chuanmuc.documents.PaperState;

/**
 * A paper of ours of which a pile holds at least one page.
 *
 * @param pages how many it has as printed
 * @param boxes where signatures belong
 * @param version grows with every page and every decision
 * @param person null when the viewer may not know whose it is, or the paper is not of a roster any more
 * @param here whether the person's unit is one of the pile's, and the viewer may record signatures there
 * @param sameCampaign whether it is of the pile's campaign
 * @param read its pages as read, in the order of the paper and then of reading
 * @param seenVersion the version the viewer looked at; 0 when they did not
 * @param otherLooks when somebody else looked at it last
 */
public record Sheaf(
        UUID id,
        UUID pileId,
        UUID paperId,
        PaperCode code,
        PaperState paperState,
        UUID campaignId,
        UUID personId,
        int pages,
        List<Box> boxes,
        State state,
        int version,
        String reasonKind,
        String reason,
        @Nullable UUID decidedBy,
        @Nullable Instant decidedAt,
        @Nullable LocalDate signedOn,
        byte @Nullable [] contentHash,
        @Nullable Person person,
        boolean here,
        boolean sameCampaign,
        List<ScanPage> read,
        int seenVersion,
        @Nullable UUID otherAccount,
        @Nullable Instant otherLooks) {

    public Sheaf {
        boxes = List.copyOf(boxes);
        read = List.copyOf(read);
    }

    /** Where a signature belongs, in millimetres from the upper left of a page. @param page from 1 */
    public record Box(String field, int page, double x, double y, double width, double height) {}

    /** Whose paper it is. @param standing null when the person left the roster */
    public record Person(
            String fullName,
            String positionName,
            String unitName,
            UUID unitId,
            @Nullable Standing standing) {}

    public enum State {
        OPEN,
        DOUBTFUL,
        REJECTED,
        CONFIRMED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** What is to be done with it, in the order a clerk meets them. */
    public enum Group {
        READY("cho-xem", true),
        DOUBLE("trung", true),
        MISSING("thieu-trang", true),
        DOUBTFUL("de-rieng", true),
        OTHER_CAMPAIGN("dot-khac", false),
        OTHER_UNIT("don-vi-khac", false),
        SIGNED("da-ky", false),
        SUPERSEDED("da-thay", false),
        WITHDRAWN("da-thu-hoi", false),
        LEFT("da-roi", false),
        REJECTED("da-loai", false),
        CONFIRMED("da-xac-nhan", false);

        private final String code;
        private final boolean waits;

        Group(String code, boolean waits) {
            this.code = code;
            this.waits = waits;
        }

        public String code() {
            return code;
        }

        public String key() {
            return "scans.group." + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether somebody still has to do something with it in this pile. */
        public boolean waits() {
            return waits;
        }
    }

    public Group group() {
        if (state == State.CONFIRMED) {
            return Group.CONFIRMED;
        }
        if (state == State.REJECTED) {
            return Group.REJECTED;
        }
        if (!sameCampaign) {
            return Group.OTHER_CAMPAIGN;
        }
        if (!here) {
            return Group.OTHER_UNIT;
        }
        switch (paperState) {
            case WITHDRAWN -> {
                return Group.WITHDRAWN;
            }
            case SUPERSEDED -> {
                return Group.SUPERSEDED;
            }
            case SIGNED -> {
                return Group.SIGNED;
            }
            case ISSUED -> {
                // goes on below
            }
        }
        if (person == null || person.standing() == null || person.standing() == Standing.LEFT) {
            return Group.LEFT;
        }
        if (person.standing() == Standing.SIGNED) {
            return Group.SIGNED;
        }
        if (state == State.DOUBTFUL) {
            return Group.DOUBTFUL;
        }
        if (!missing().isEmpty()) {
            return Group.MISSING;
        }
        return doubles().isEmpty() ? Group.READY : Group.DOUBLE;
    }

    /** Pictures of a page of the paper. */
    public List<ScanPage> of(int page) {
        return read.stream()
                .filter(one -> one.page() != null && one.page() == page)
                .toList();
    }

    /** Pages of the paper of which there is no picture. */
    public List<Integer> missing() {
        var missing = new ArrayList<Integer>();
        for (int page = 1; page <= pages; page++) {
            if (of(page).isEmpty()) {
                missing.add(page);
            }
        }
        return missing;
    }

    /** Pages of which there are several pictures and nobody chose. */
    public List<Integer> doubles() {
        var doubles = new ArrayList<Integer>();
        for (int page = 1; page <= pages; page++) {
            List<ScanPage> several = of(page);
            if (several.size() > 1
                    && several.stream()
                                    .filter(one -> Boolean.TRUE.equals(one.chosen()))
                                    .count()
                            != 1) {
                doubles.add(page);
            }
        }
        return doubles;
    }

    /** The pictures that count, one of each page; those of missing or undecided pages are left out. */
    public List<ScanPage> counting() {
        return java.util.stream.IntStream.rangeClosed(1, pages)
                .mapToObj(this::of)
                .map(several -> several.size() == 1
                        ? several.getFirst()
                        : several.stream()
                                .filter(one -> Boolean.TRUE.equals(one.chosen()))
                                .findFirst()
                                .orElse(null))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Whether the viewer looked at it as it stands now. */
    public boolean seen() {
        return seenVersion == version;
    }

    /** Whether a page was put in by hand. */
    public boolean byHand() {
        return read.stream().anyMatch(ScanPage::byHand);
    }

    /** Whether there is nothing to remark. */
    public boolean plain() {
        return !(group().waits() && seen())
                && !byHand()
                && missing().isEmpty()
                && doubles().isEmpty()
                && reasonKind.isEmpty()
                && reason.isEmpty()
                && decidedBy == null;
    }

    public String name() {
        return person == null ? code.written() : person.fullName();
    }

    /** When the last of its pages was read. */
    public Instant lastRead() {
        return read.stream()
                .map(ScanPage::readAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
