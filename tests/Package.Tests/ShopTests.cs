using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace ScopedTasks.Package.Tests;

/// <summary>The Shop suffers from each of its mistakes, and from none once the package has repaired it.</summary>
[Collection(nameof(Sandbox))]
public sealed class ShopTests(ShopDemo demo, ITestOutputHelper output) : IClassFixture<ShopDemo>
{
    [Theory]
    [InlineData(
        "orders at shutdown", "SCOPE401",
        "3 orders accepted, 0 stored when the host had stopped",
        "3 orders accepted, 3 stored when the host had stopped")]
    [InlineData(
        "order confirmation", "SCOPE102",
        "mail server down, response 202, error seen: no",
        "mail server down, response 202, error seen: yes")]
    [InlineData(
        "loyalty points", "SCOPE101",
        "an order worth level 5, answered with level 0",
        "an order worth level 5, answered with level 5")]
    [InlineData(
        "loyalty statement", "SCOPE116",
        "5000 points booked, the e-mail says: You have System.Threading.Tasks.Task`1[System.Int32] points",
        "5000 points booked, the e-mail says: You have 5000 points")]
    [InlineData(
        "newsletter", "SCOPE402",
        "500 e-mails, peak 500 at once",
        "500 e-mails, peak 16 at once")]
    [InlineData(
        "price refresh", "SCOPE402",
        "300 prices, peak 300 at once",
        "300 prices, peak 16 at once")]
    [InlineData(
        "product pictures", "SCOPE401",
        "120 pictures, peak 120 at once, 0 there when the request was answered",
        "120 pictures, peak 16 at once, 120 there when the request was answered")]
    [InlineData(
        "stock-taking", "SCOPE403",
        "150 counts, peak 150 at once, 0 booked when the request was answered",
        "150 counts, peak 8 at once, 150 booked when the request was answered")]
    [InlineData(
        "quotes", "SCOPE201",
        "4 quotes wait for the supplier, 4 threads held",
        "4 quotes wait for the supplier, 0 threads held")]
    [InlineData(
        "stock at the warehouse", "SCOPE202",
        "4 customers ask for stock, one is answered, 3 threads held",
        "4 customers ask for stock, one is answered, 0 threads held")]
    [InlineData(
        "audit at shutdown", "CS4014",
        "5 audit entries begun, 0 written when the host had stopped",
        "5 audit entries begun, 5 written when the host had stopped")]
    [InlineData(
        "price invalidation", "SCOPE101",
        "supplier down, response 204, error seen: no",
        "supplier down, response 204, error seen: yes")]
    [InlineData(
        "supplier reconnect", "SCOPE101",
        "configuration changed, supplier down, error seen: no",
        "configuration changed, supplier down, error seen: yes")]
    [InlineData(
        "birthdays", "SCOPE303",
        "2 birthdays, 0 greetings sent",
        "2 birthdays, 2 greetings sent")]
    [InlineData(
        "product import", "SCOPE302",
        "3 products uploaded, 0 in the catalogue",
        "3 products uploaded, 3 in the catalogue")]
    [InlineData(
        "product reviews", "SCOPE203",
        "a review of 4 words, response 500",
        "a review of 4 words, response 204")]
    [InlineData(
        "restocked products", "SCOPE304",
        "2 customers waited, 4 e-mails sent",
        "2 customers waited, 2 e-mails sent")]
    [InlineData(
        "reservations", "SCOPE306",
        "3 on the shelf, one reserved, response 500",
        "3 on the shelf, one reserved, response 200")]
    [InlineData(
        "labels", "SCOPE301",
        "3 labels ordered, 0 printed",
        "3 labels ordered, 3 printed")]
    public void Suffers_before_the_repair_and_not_after(string mistake, string id, string before, string after)
    {
        var seen = Assert.Single(demo.Result.Mistakes, candidate => candidate.Name == mistake);
        output.WriteLine($"{mistake}\n  before  {seen.Before.Fact}\n  after   {seen.After.Fact}");

        Assert.Equal(id, Assert.Single(seen.Ids));
        Assert.Equal(new Observation(Healthy: false, before), seen.Before);
        Assert.Equal(new Observation(Healthy: true, after), seen.After);
    }

    [Fact]
    public void Every_mistake_is_one_of_these_nineteen() => Assert.Equal(19, demo.Result.Mistakes.Length);

    [Fact]
    public void Every_finding_belongs_to_a_mistake() =>
        Assert.Equal(
            demo.Result.Mistakes.Select(mistake => mistake.File).Order(),
            demo.Result.Findings.Select(finding => finding.File).Order());

    [Fact]
    public void The_findings_hold_warnings_and_suggestions() =>
        Assert.Equal(
            ["suggestion", "warning"],
            demo.Result.Findings.Select(finding => finding.Severity).Distinct().Order());

    [Fact]
    public void The_repaired_shop_is_silent() => Assert.Empty(demo.Result.Remaining);

    [Fact]
    public void The_repair_touches_the_files_with_mistakes_and_no_others() =>
        Assert.Equal(demo.Result.Findings.Select(finding => finding.File).Distinct(), demo.Result.Changed);

    [Fact]
    public void The_demo_says_that_all_went_well() => demo.Run.Succeeded();
}
