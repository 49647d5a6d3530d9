namespace Qipan.Drill.Actors;

/// <summary>The server said no to something that the drill does right.</summary>
public sealed class DrillRefusedException(string what) : Exception(what);

static class Answer
{
    /// <summary>Throws with the server's own sentence, which holds no personal data.</summary>
    public static async Task MustSucceed(this HttpResponseMessage response, CancellationToken cancel)
    {
        if (!response.IsSuccessStatusCode)
            throw new DrillRefusedException($"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.AbsolutePath}: "
                + $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancel)}");
    }
}
