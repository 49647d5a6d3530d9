-- Whose guest somebody is follows when the person turns out to be another.
CREATE INDEX round_guest_person ON round_guest (person);
