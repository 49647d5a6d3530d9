-- Cases whose stays are of one day are compared when a source is looked for.
CREATE INDEX itinerary_item_day ON itinerary_item (on_day, owner, case_id);

CREATE INDEX case_record_cluster ON case_record (cluster) WHERE cluster IS NOT NULL;
