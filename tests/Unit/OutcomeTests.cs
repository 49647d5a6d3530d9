using Qipan.Kernel;
using Xunit;

namespace Qipan.Unit;

public sealed class OutcomeTests
{
    [Fact]
    public void The_default_outcome_is_a_refusal_and_never_a_silent_success()
    {
        Outcome<int> outcome = default;
        Assert.False(outcome.Ok);
        Assert.Equal("outcome_unset", outcome.Refusal!.Code);
    }

    [Fact]
    public void A_personal_value_prints_as_a_mask_in_text_and_in_json()
    {
        var name = Personal.Of("canary");
        Assert.Equal("•••", name.ToString());
        Assert.DoesNotContain("canary", System.Text.Json.JsonSerializer.Serialize(new { name }));
        Assert.Equal("canary", name.Reveal(Disclosure.ForProcessing));
    }
}
