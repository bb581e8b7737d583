-- What decisions of other processes may rest on beside the accounts themselves. A decision tells
-- the numbers that it knew; if they are others by now, it is made again.
CREATE TABLE changes (
    office bigint NOT NULL,
    names bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO changes VALUES (0, 0);

-- Record what was decided, if all that it rested on still holds. The lock is held from here to the
-- commit, which does not wait for the disk; the flush does, without the lock, so that one serves
-- many. Who calls answers nobody before this returns.
--
-- outcome: done, changed (office or names: their numbers come back), stale (an account was
-- written to), answered (a command id was). A number of an event, a name, a reference or a command
-- id that is taken is an error of unique_violation.
CREATE PROCEDURE casebook_append(
    streams bytea[], sequences integer[], types text[], bodies bytea[],
    councils text[], command_ids text[], digests bytea[], answers bytea[],
    more jsonb,
    INOUT office bigint, INOUT names bigint, INOUT outcome text, INOUT last bigint
) LANGUAGE plpgsql AS $$
DECLARE
    known_office bigint := office;
    known_names bigint := names;
BEGIN
    -- With a standby that has to confirm, the commit waits for it, with the lock.
    IF current_setting('synchronous_standby_names') = '' THEN
        SET LOCAL synchronous_commit = off;
    END IF;
    PERFORM pg_advisory_xact_lock(1128354629, 1);

    SELECT c.office, c.names INTO office, names FROM changes c;
    outcome := 'done';
    IF (office, names) <> (known_office, known_names) THEN
        outcome := 'changed';
    ELSIF more IS NOT NULL THEN
        IF EXISTS (
            SELECT FROM jsonb_array_elements(more -> 'rests_on') r WHERE EXISTS (
                SELECT FROM events e
                WHERE e.stream = decode(r ->> 0, 'hex') AND e.sequence > (r ->> 1)::integer
            )
        ) THEN
            outcome := 'stale';
        ELSIF EXISTS (
            SELECT FROM jsonb_array_elements(more -> 'unanswered') u
            JOIN commands c ON (c.council, c.command_id) = (u ->> 0, u ->> 1)
        ) THEN
            outcome := 'answered';
        END IF;
    END IF;

    IF outcome = 'done' THEN
        SELECT coalesce(max(position), 0) INTO last FROM events;
        INSERT INTO events (position, stream, sequence, type, body)
            SELECT last + e.n, e.stream, e.sequence, e.type, e.body
            FROM unnest(streams, sequences, types, bodies)
                WITH ORDINALITY AS e (stream, sequence, type, body, n);
        INSERT INTO commands (council, command_id, document_sha256, answer)
            SELECT * FROM unnest(councils, command_ids, digests, answers);
        IF more IS NOT NULL THEN
            UPDATE known_as k SET given_up = 1
            FROM jsonb_array_elements(more -> 'given_up') g
            WHERE k.given_up = 0 AND (k.council, k.platform, k.kind, k.value)
                = (g ->> 0, g ->> 1, g ->> 2, g ->> 3);
            INSERT INTO cases (case_ref, council, stream)
                SELECT c ->> 0, c ->> 1, decode(c ->> 2, 'hex')
                FROM jsonb_array_elements(more -> 'cases') c;
            INSERT INTO known_as
                SELECT n ->> 0, n ->> 1, n ->> 2, n ->> 3, decode(n ->> 4, 'hex'), n ->> 5,
                    (n ->> 6)::integer, last + (n ->> 7)::bigint
                FROM jsonb_array_elements(more -> 'names') n;
            IF (more ->> 'names_changed')::boolean THEN
                UPDATE changes c SET names = c.names + 1 RETURNING c.names INTO names;
            END IF;
        END IF;
        last := last + coalesce(cardinality(streams), 0);
    END IF;

    COMMIT;
    PERFORM pg_logical_emit_message(false, '', '', true);
END $$;
