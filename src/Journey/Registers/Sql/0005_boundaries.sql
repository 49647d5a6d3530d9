-- The outline of a place, from imported GeoJSON: one per place, the latest. What draws a map asks for one level inside one place.
CREATE TABLE place_shape (
  owner   text     NOT NULL /*postgres COLLATE "C"*/,   -- county; '000000' above county level
  code    text     NOT NULL /*postgres COLLATE "C"*/,   -- the place
  level   smallint NOT NULL,   -- PlaceLevel
  shape   text     NOT NULL,   -- a GeoJSON geometry: Polygon or MultiPolygon, degrees, six digits
  points  bigint   NOT NULL,
  min_lon double precision NOT NULL,
  min_lat double precision NOT NULL,
  max_lon double precision NOT NULL,
  max_lat double precision NOT NULL,
  at      bigint   NOT NULL,   -- when it was imported
  actor   text     NOT NULL,
  PRIMARY KEY (owner, code)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX place_shape_level ON place_shape (level, code);
