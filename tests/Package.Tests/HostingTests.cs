using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>The right forms that the Shop has beside its mistakes: groups of the host and of a request.</summary>
[Collection(nameof(Sandbox))]
public sealed class HostingTests(ShopProofs proofs) : IClassFixture<ShopProofs>
{
    [Theory]
    [InlineData("welcomes at shutdown", "3 welcomes accepted, 3 sent when the host had stopped")]
    [InlineData("shutdown timeout", "1 welcome without an answer, 1 cancelled, told which: yes")]
    [InlineData("supervised failure", "mail server down, error seen: yes, app runs: yes")]
    [InlineData("unexpected failure", "work of the app failed, the host stopped with: broken invariant")]
    [InlineData("request aborted", "3 prices asked for, the customer hung up, 3 questions cancelled")]
    public void A_right_form_proves_itself(string proof, string fact) =>
        Assert.Contains(
            proofs.Run.Succeeded().Lines,
            line => line.StartsWith($"[fine] {proof} (") && line.EndsWith($": {fact}"));
}
