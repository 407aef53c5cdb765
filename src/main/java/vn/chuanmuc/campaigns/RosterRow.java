package vn.chuanmuc.campaigns;

import java.util.UUID;
import vn.chuanmuc.directory.People;

/** A person as they go onto the roster, with the set they commit to. */
record RosterRow(People.Member member, UUID setId) {}
