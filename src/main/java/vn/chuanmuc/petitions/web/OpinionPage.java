package vn.chuanmuc.petitions.web;

import java.util.UUID;
import vn.chuanmuc.petitions.Handling.Asked;
import vn.chuanmuc.petitions.Petition.Attachment;
import vn.chuanmuc.petitions.Petition.Opinion;
import vn.chuanmuc.petitions.Petition.State;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** A question about a petition, for whoever was asked. */
record OpinionPage(Asked asked, UUID viewer, String words, String title, FormErrors errors) implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    boolean open() {
        return asked.opinion().state() == Opinion.Waits.ASKED
                && asked.sheet().petition().state() == State.HANDLING;
    }

    String petition() {
        return PetitionsController.PETITIONS + "/" + asked.sheet().petition().id();
    }

    String at() {
        return petition() + "/y-kien/" + asked.opinion().n();
    }

    boolean mine(Attachment file) {
        return file.seq() == null && file.addedBy().equals(viewer);
    }
}
