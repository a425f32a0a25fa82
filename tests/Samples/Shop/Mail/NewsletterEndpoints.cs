namespace Shop.Mail;

/// <summary>The newsletter routes.</summary>
public static class NewsletterEndpoints
{
    public static void MapNewsletter(this WebApplication app)
    {
        app.MapPost("/newsletter", SendAsync);
        app.MapPost("/newsletter/birthdays", GreetAsync);
    }

    private static async Task<IResult> SendAsync(
        NewsletterIssue issue, NewsletterSender newsletter, CancellationToken cancellationToken)
    {
        var sent = await newsletter.SendAsync(issue, cancellationToken);
        return Results.Ok(new { Sent = sent });
    }

    private static async Task<IResult> GreetAsync(BirthdayGreeter greeter, CancellationToken cancellationToken)
    {
        var greeted = await greeter.GreetAsync(cancellationToken);
        return Results.Ok(new { Greeted = greeted });
    }
}
