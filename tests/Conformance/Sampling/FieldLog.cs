using Qipan.Contracts;

namespace Qipan.Conformance.Sampling;

/// <summary>What a clumsy team reports: mostly right, with every mistake that the rules know.</summary>
static class FieldLog
{
    static readonly Guid Round = new("01900000-0000-7000-8000-000000000001");

    public static List<WireFact> Of(int seed, Field field)
    {
        var random = new Random(seed);
        var start = field.Clock.GetUtcNow().AddHours(-3);
        var log = new List<WireFact>();
        var minute = 0;
        var codes = new List<string>();
        Guid? box = null;
        var session = Add(new SessionOpened { Desk = "1", Collector = "staff:1", Registrar = "staff:2", Round = Round });
        for (var t = 0; t < random.Next(2, 7); t++)
        {
            var code = codes.Count > 0 && random.Next(6) == 0 ? codes[random.Next(codes.Count)] : $"R{random.Next(100000, 999999)}";
            codes.Add(code);
            var kind = random.Next(5) switch { 0 => 1, 1 => 99, 2 => 5, _ => 10 };
            var tube = new TubeOpened { Code = code, TubeKind = kind, Capacity = kind == 10 ? 3 : null, Round = random.Next(8) == 0 ? null : Round, Session = session.Id };
            Stamp(tube);
            if (random.Next(12) > 0)
                log.Add(tube);
            var swabs = new List<SampleRegistered>();
            for (var p = 0; p < random.Next(0, 5); p++)
                swabs.Add(Add(new SampleRegistered
                {
                    Tube = tube.Id,
                    Person = Field.Somebody(random.Next(12)),
                    Position = p + 1,
                    Specimen = random.Next(5) == 0 ? null : "oropharyngeal",
                    IdMethod = "manual",
                }));
            if (swabs.Count > 0 && random.Next(4) == 0)
                Add(new SampleVoided { Registration = swabs[0].Id, Tube = tube.Id, Reason = "wrong person" });
            if (random.Next(8) > 0)
                Add(new TubeSealed { Tube = tube.Id, Seal = "S" + t }, back: random.Next(8) == 0);
            if (random.Next(8) == 0)
                Add(new TubeSealed { Tube = tube.Id, Seal = "T" + t });
            if (random.Next(8) == 0)
                Add(new TubeVoided { Tube = tube.Id, Reason = "dropped" });
            if (random.Next(6) == 0 && swabs.Count > 0)
                Add(new SampleRegistered { Tube = tube.Id, Person = Field.Somebody(50 + t), Position = 9, Specimen = "nasal" });
            if (box is null || random.Next(4) == 0)
            {
                var opened = new BoxOpened { Code = $"BOX{random.Next(3)}", Capacity = 2 };
                Stamp(opened);
                if (random.Next(10) > 0)
                    log.Add(opened);
                box = opened.Id;
            }
            if (random.Next(4) > 0)
                Add(new TubeBoxed { Tube = tube.Id, Box = box.Value });
            if (random.Next(3) == 0)
                Add(new BoxClosed { Box = box.Value, Seal = "B" + t });
            if (random.Next(3) == 0)
            {
                Add(new BoxHandedOver { Box = box.Value, FromHolder = "staff:00a1", FromSignature = "staff:00a1:x", ToHolder = "staff:00c1" });
                Add(new BoxHandedOver { Box = box.Value, ToHolder = "staff:00c1", ToSignature = "staff:00c1:y" });
                box = null;
            }
            if (random.Next(4) == 0)
                Add(new AntigenRead { Person = Field.Somebody(random.Next(12)), Result = random.Next(2) == 0 ? "positive" : "negative", Round = Round });
        }
        Add(new SessionClosed { Session = session.Id });
        return log;

        T Add<T>(T fact, bool back = false)
            where T : WireFact
        {
            Stamp(fact, back);
            log.Add(fact);
            return fact;
        }

        // A version 7 id whose random part comes from the seed too, so that a failure can be run again.
        Guid IdOf(DateTimeOffset at)
        {
            var bytes = new byte[16];
            random.NextBytes(bytes);
            var milliseconds = at.ToUnixTimeMilliseconds();
            for (var i = 5; i >= 0; i--, milliseconds >>= 8)
                bytes[i] = (byte)milliseconds;
            bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
            bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
            return new Guid(bytes, bigEndian: true);
        }

        void Stamp(WireFact fact, bool back = false)
        {
            minute++;
            fact.OccurredAt = start.AddMinutes(back ? minute - 20 : minute);
            fact.Id = IdOf(start.AddMinutes(minute));
        }
    }
}
