package vn.chuanmuc.petitions.web;

import org.jspecify.annotations.Nullable;
import vn.chuanmuc.assessments.Results.Contestable;
import vn.chuanmuc.petitions.Petitions.Filing;
import vn.chuanmuc.petitions.Terms.Reckoning;
import vn.chuanmuc.ui.View;

/** Until when a result may be contested and how that day comes about; or why it can be contested no more, and what is left. */
record BeginPage(Filing filing, String at, String back, boolean paper) implements View {
    @Override
    public int status() {
        return over() == null ? 200 : 422;
    }

    Contestable about() {
        return switch (filing) {
            case Filing.Open open -> open.about();
            case Filing.Over over -> over.about();
            case Filing.Taken taken -> throw new IllegalStateException("another page shows that one");
        };
    }

    Reckoning clock() {
        return switch (filing) {
            case Filing.Open open -> open.clock();
            case Filing.Over over -> over.clock();
            case Filing.Taken taken -> throw new IllegalStateException("another page shows that one");
        };
    }

    String basis() {
        return switch (filing) {
            case Filing.Open open -> open.basis();
            case Filing.Over over -> over.basis();
            case Filing.Taken taken -> "";
        };
    }

    Filing.@Nullable Open late() {
        return filing instanceof Filing.Open open && open.late() ? open : null;
    }

    Filing.@Nullable Over over() {
        return filing instanceof Filing.Over over ? over : null;
    }
}
