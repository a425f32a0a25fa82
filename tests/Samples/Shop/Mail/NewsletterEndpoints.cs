namespace Shop.Mail;

/// <summary>The newsletter routes.</summary>
public static class NewsletterEndpoints
{
    public static void MapNewsletter(this WebApplication app)
    {
        app.MapPost("/newsletter", SendAsync);
        app.MapPost("/newsletter/birthdays", GreetAsync);
        app.MapPost("/newsletter/restocked/{sku}", TellAsync);
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

    private static async Task<IResult> TellAsync(string sku, RestockMailer mailer, CancellationToken cancellationToken)
    {
        var told = await mailer.TellAsync(sku, cancellationToken);
        return Results.Ok(new { Told = told });
    }
}
