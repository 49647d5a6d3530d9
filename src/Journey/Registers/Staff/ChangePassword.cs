using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Somebody sets a new password; every other session of the account ends.</summary>
public sealed record ChangePassword(string OldPassword, string NewPassword);

public sealed class ChangePasswordHandler(Store store, RegistersSettings settings, StaffDirectory directory)
{
    public async Task<Outcome<Done>> Handle(ChangePassword command, Actor actor)
    {
        if (command.NewPassword.Length < settings.ShortestPassword)
            return new PasswordTooShort(settings.ShortestPassword);
        if (store.Read(s => StaffRow.ById(s, actor.Id)) is not { } staff)
            return new StaffUnknown();
        if (!Passwords.Fits(staff.PasswordHash, command.OldPassword))
            return new SignInWrong();
        var hash = Passwords.HashOf(command.NewPassword);
        var outcome = await store.Write(new WriteScope(actor, staff.Owner), session =>
        {
            session.Execute("UPDATE staff SET password_hash = @hash WHERE owner = @Owner AND id = @Id", new { hash, staff.Owner, staff.Id });
            session.Execute("UPDATE staff_session SET ended_at = @Now WHERE owner = @Owner AND staff = @Id AND ended_at IS NULL",
                new { session.Now, staff.Owner, staff.Id });
            session.Trail(staff.Owner, "change_password", new Ref("staff", staff.Id));
            return Outcome.Done;
        });
        directory.Forget();
        return outcome;
    }
}
