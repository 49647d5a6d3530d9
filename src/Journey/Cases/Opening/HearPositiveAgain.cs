using Qipan.Contracts;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>Writes down that a case is positive again, in the county of the case.</summary>
sealed class HearPositiveAgain(Repositives repositives) : Subscriber<CasePositiveAgain>("cases.positive_again")
{
    protected override Outcome<Done> Handle(WriteSession session, string owner, CasePositiveAgain news)
    {
        if (session.One<CaseRow>("SELECT * FROM case_record WHERE owner = @owner AND id = @Case", new { owner, news.Case }) is { } row)
            repositives.Add(session, row, news.At, news.SampleKind, news.SampleId, null);
        return Done.Value;
    }
}
