package vn.chuanmuc.panels.web;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.panels.Ballots;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * Casting a ballot by a code. What was chosen is on this screen alone, until it is sent.
 *
 * @param ballot null while no code was read
 * @param chosen by form
 */
record BallotPage(
        String code,
        Ballots.@Nullable Ballot ballot,
        Map<UUID, String> chosen,
        boolean used,
        int status,
        FormErrors errors)
        implements View {}
