using Qipan.Contracts;
using Qipan.Kernel;
using Qipan.Kernel.Codes;

namespace Qipan.KillLoop;

/// <summary>
/// What one desk does, as an endless list of facts: tubes of ten are opened, filled, sealed, boxed by four, and the box is closed and
/// handed over. Each person comes once. One thread at a time.
/// </summary>
sealed class FieldScript(Town town, Guid device, int desk, Func<int> nextPerson)
{
    const int InTube = 10;
    const int InBox = 4;

    readonly Queue<WireFact> waiting = new();
    readonly List<Guid> sealedTubes = [];
    Guid session;
    long serial;

    /// <summary>True between two boxes: nothing is half done.</summary>
    public bool AtRest => waiting.Count == 0 && sealedTubes.Count == 0;

    public List<WireFact> Next(int most)
    {
        var facts = new List<WireFact>(most);
        while (facts.Count < most)
        {
            if (waiting.Count == 0)
                Prepare();
            facts.Add(waiting.Dequeue());
        }
        return facts;
    }

    /// <summary>The rest, up to where nothing is half done.</summary>
    public List<WireFact> Rest()
    {
        var facts = new List<WireFact>();
        while (!AtRest)
            facts.AddRange(Next(waiting.Count == 0 ? 1 : waiting.Count));
        return facts;
    }

    void Prepare()
    {
        if (session == Guid.Empty)
            session = Add(new SessionOpened { Round = town.Round, Desk = $"desk {desk}" });
        if (sealedTubes.Count == InBox)
            Box();
        else
            Tube();
    }

    void Tube()
    {
        var tube = Add(new TubeOpened { Code = CarrierCode.OfTube(Town.County, Serial()).Value, Round = town.Round, TubeKind = InTube, Session = session });
        for (var position = 1; position <= InTube; position++)
            Add(new SampleRegistered
            {
                Tube = tube,
                Person = new WirePerson { DocType = 3, DocNo = Town.Document(nextPerson()), Name = "演练", Birth = "1970" },
                Position = position,
                Specimen = "oropharyngeal",
                IdMethod = "manual",
            });
        Add(new TubeSealed { Tube = tube, Seal = "S" });
        sealedTubes.Add(tube);
    }

    void Box()
    {
        var box = Add(new BoxOpened { Code = CarrierCode.OfBox(Town.County, Serial()).Value, Capacity = InBox });
        foreach (var tube in sealedTubes)
            Add(new TubeBoxed { Tube = tube, Box = box });
        sealedTubes.Clear();
        Add(new BoxClosed { Box = box, Seal = "B" });
        var (from, to) = ($"device:{device:N}", $"device:{town.Courier.Id:N}");
        Add(new BoxHandedOver { Box = box, FromHolder = from, FromSignature = from + ":pin", ToHolder = to, ToSignature = to + ":pin" });
    }

    long Serial() => desk * 1_000_000L + ++serial;

    Guid Add(WireFact fact)
    {
        fact.Id = Uuid7.New(TimeProvider.System);
        fact.OccurredAt = TimeProvider.System.GetUtcNow();
        waiting.Enqueue(fact);
        return fact.Id;
    }
}
