-- Quarterly reports take numbers, too.
alter table documents.number
    drop constraint number_kind_check,
    add constraint number_kind_check check (kind in ('danh-sach', 'ket-qua', 'bien-ban', 'tra-loi', 'bao-cao'));
alter table documents.type_sign
    drop constraint type_sign_kind_check,
    add constraint type_sign_kind_check check (kind in ('danh-sach', 'ket-qua', 'bien-ban', 'tra-loi', 'bao-cao'));
