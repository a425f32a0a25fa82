namespace Shop.Loyalty;

/// <summary>What a customer sends to be told about the points.</summary>
public sealed record StatementRequest(string Customer, string Email);

/// <summary>The loyalty routes.</summary>
public static class LoyaltyEndpoints
{
    public static void MapLoyalty(this WebApplication app) => app.MapPost("/loyalty/statements", SendStatementAsync);

    private static async Task<IResult> SendStatementAsync(
        StatementRequest request, StatementMailer statements, CancellationToken cancellationToken)
    {
        await statements.SendAsync(request.Customer, request.Email, cancellationToken);
        return Results.Accepted();
    }
}
