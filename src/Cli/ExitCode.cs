using Qipan.Kernel;

namespace Qipan.Cli;

/// <summary>How `qipan` ends; scripts depend on these numbers.</summary>
static class ExitCode
{
    public const int Done = 0;

    /// <summary>A refusal: its code and sentence stand on the error output.</summary>
    public const int Refused = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Something is broken that no input explains.</summary>
    public const int Broken = 3;

    /// <summary>Writes the refusal as "code: sentence", in the terminal's language, and returns <see cref="Refused"/>.</summary>
    public static int Refuse(TextWriter error, Refusal refusal)
    {
        error.WriteLine($"{refusal.Code}: {refusal.In(Environment.GetEnvironmentVariable("LANG") ?? "en")}");
        return Refused;
    }

    /// <summary>Writes the refusal beside what it is about and returns <see cref="Refused"/>.</summary>
    public static int Refuse(TextWriter error, string about, Refusal refusal)
    {
        error.WriteLine($"{about}: refused: {refusal.Code}: {refusal.Sentence}");
        return Refused;
    }
}
