-- A copy of the database mails no client: waiting mails are cancelled, nothing is switched on,
-- our jobs rest, and no personal link opens anything.
UPDATE roadmap_outbox
   SET state = 'cancelled'
 WHERE state IN ('prepared', 'released', 'failed');

UPDATE roadmap_roadmap
   SET auto_invitation = FALSE,
       auto_reminder = FALSE,
       auto_proposal = FALSE,
       auto_meeting = FALSE,
       auto_minutes = FALSE,
       auto_book = FALSE,
       auto_feedback = FALSE;

UPDATE roadmap_link
   SET withdrawn_on = now() AT TIME ZONE 'UTC'
 WHERE withdrawn_on IS NULL;

UPDATE roadmap_warranty_source
   SET key = NULL,
       secret = NULL;

DELETE FROM ir_config_parameter
 WHERE key = 'roadmap_msp.endoflife_auto';

UPDATE ir_cron
   SET active = FALSE
 WHERE id IN (
    SELECT res_id FROM ir_model_data WHERE module = 'roadmap_msp' AND model = 'ir.cron'
 );
