package vn.chuanmuc.assessments.web;

import java.util.UUID;

/** A desk at which decisions are made, as an address names it. */
record DeskPath(UUID cycle, UUID unit) {
    String deciding() {
        return LevelDecisionsController.DESKS + "/" + cycle + "/" + unit;
    }

    String approving() {
        return "/danh-gia/phe-duyet/" + cycle + "/" + unit;
    }
}
