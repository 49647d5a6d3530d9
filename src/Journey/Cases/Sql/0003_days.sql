-- The days of an outbreak in a region are counted from this index alone: a case counts where its onset lies, whoever reports it.
CREATE INDEX case_record_days ON case_record (onset_region, found_at, first_positive_at, disease, class, discovery, onset, report_at, isolated_at, flags);
