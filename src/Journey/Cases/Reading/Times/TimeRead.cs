namespace Qipan.Cases.Reading;

/// <summary>A time as it stands in the text.</summary>
/// <param name="Next">The token after it.</param>
/// <param name="Wrong">It holds a day or a time that there is not.</param>
sealed record TimeRead(StayTime Time, TextWords Words, int Next, bool Wrong = false, bool Same = false, bool During = false);
