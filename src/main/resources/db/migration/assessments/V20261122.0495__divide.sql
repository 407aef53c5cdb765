-- Forms made to follow their person's posts again, after a move that was entered when the cycle was open.
alter table assessments.exception drop constraint exception_kind_check;
alter table assessments.exception add constraint exception_kind_check
    check (kind in ('extend', 'reroute', 'send-back', 'delegate', 'take-back', 'cancel', 'reopen', 'divide', 'close'));
