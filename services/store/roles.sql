-- What each part of Casebook may do in a register on a server, and no more. Whoever runs it owns the
-- tables. People and services log in as users of their own:
--   CREATE USER web LOGIN PASSWORD '…' IN ROLE casebook_casework;
--   CREATE USER views LOGIN PASSWORD '…' IN ROLE casebook_projector;
--   ALTER USER views SET role = casebook_projector;  -- what it makes belongs to every projector
DO $$
DECLARE
    each text;
    place text := quote_ident(current_schema());
BEGIN
    FOREACH each IN ARRAY ARRAY[
        'casebook_casework', 'casebook_publisher', 'casebook_projector', 'casebook_auditor',
        'casebook_signer'
    ] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', each);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;  -- another register on the same server has made it
        END;
        EXECUTE format('GRANT USAGE ON SCHEMA %s TO %I', place, each);
    END LOOP;
    EXECUTE format('GRANT CREATE ON SCHEMA %s TO casebook_projector', place);
    GRANT casebook_projector TO CURRENT_USER;

    -- The projector's own tables, whoever made them, and those that it will make.
    FOR each IN
        SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND (
            tablename LIKE 'view\_%' OR tablename LIKE 'projection\_%'
            OR tablename IN ('parked_events', 'dropped_events', 'incomplete_accounts')
        )
    LOOP
        EXECUTE format('ALTER TABLE %I OWNER TO casebook_projector', each);
        EXECUTE format(
            'GRANT SELECT ON %I TO casebook_casework, casebook_publisher, casebook_auditor', each
        );
    END LOOP;
    EXECUTE format(
        'ALTER DEFAULT PRIVILEGES FOR ROLE casebook_projector IN SCHEMA %s '
        'GRANT SELECT ON TABLES TO casebook_casework, casebook_publisher, casebook_auditor', place
    );
END $$;

GRANT SELECT ON
    events, commands, cases, known_as, other_streams, policy_files, evidence, evidence_pieces,
    meta, changes, casebook_migrations
    TO casebook_casework, casebook_auditor;
GRANT INSERT ON
    events, commands, cases, known_as, other_streams, policy_files, evidence, evidence_pieces, meta
    TO casebook_casework;
GRANT UPDATE (given_up) ON known_as TO casebook_casework;
GRANT UPDATE ON changes, meta TO casebook_casework;

GRANT SELECT ON integrity_tiles, integrity_checkpoints, integrity_cosignatures, integrity_keys
    TO casebook_casework, casebook_auditor;
GRANT casebook_auditor TO casebook_signer;
GRANT INSERT ON integrity_tiles, integrity_checkpoints, integrity_cosignatures, integrity_keys
    TO casebook_signer;
GRANT UPDATE (hashes) ON integrity_tiles TO casebook_signer;

GRANT SELECT ON events, other_streams, meta, changes, casebook_migrations
    TO casebook_publisher, casebook_projector;
GRANT SELECT ON commands, cases, known_as, policy_files TO casebook_projector;
GRANT INSERT, UPDATE ON meta TO casebook_publisher, casebook_projector;
