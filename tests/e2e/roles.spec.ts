import { ADA, ADMINISTRATOR, AdministrationPage, BEN, type TestUser } from "../support/pages.ts";
import { Phone } from "../support/phone.ts";
import { expect, test } from "../support/test.ts";

const SUPERVISOR: TestUser = { name: "Maren Holt", passphrase: "brass kettle on a windowsill" };
const AUDITOR: TestUser = { name: "Theo Audit", passphrase: "seven ledgers without a stain" };

test("a passphrase alone does not open administration, and a code counts once", async ({ app, enrolled, profile, startTablet }) => {
  await enrolled.copyTo(profile);
  const { page } = await startTablet({ clip: null });
  const administration = new AdministrationPage(page);
  const refused = page.getByRole("alert").filter({ hasText: "do not fit together" });

  await page.goto(`${app.origin}/admin`);
  await administration.enter(ADMINISTRATOR, "");
  await expect(refused).toBeVisible();

  const code = await new Phone(page).code(ADMINISTRATOR.name);
  await administration.enter(ADMINISTRATOR, code);
  await expect(administration.menu).toBeVisible();
  await administration.signOut();
  await administration.enter(ADMINISTRATOR, code);
  await expect(refused).toBeVisible();
  await expect(administration.menu).toBeHidden();
});

test("a supervisor sees one department alone, and an auditor changes nothing", async ({ app, enrolled, profile, startTablet }) => {
  test.setTimeout(300_000);
  await enrolled.copyTo(profile);
  const { page } = await startTablet({ clip: null });
  const administration = new AdministrationPage(page);
  await administration.signIn(app.origin);
  await administration.addPerson(BEN);
  await expect(page.getByRole("heading", { name: BEN.name })).toBeVisible();
  const addressOfBen = page.url();

  const supervisorsFirst = await administration.addUser(SUPERVISOR.name);
  await administration.giveRole("Department supervisor", ADA.department);
  const auditorsFirst = await administration.addUser(AUDITOR.name);
  await administration.giveRole("Auditor");
  await administration.signOut();

  await administration.firstSignIn(app.origin, SUPERVISOR, supervisorsFirst);
  await expect(administration.menu.getByRole("link")).toHaveText(["Who is here", "Attest punches", "Requests", "Punches", "Schedule", "Months", "Reports", "People", "Data rights", "Rules", "Help"]);
  await administration.to("People");
  await expect(page.getByRole("link", { name: ADA.name })).toBeVisible();
  await expect(page.getByText("1 people")).toBeVisible();
  await expect(page.getByText(BEN.name)).toBeHidden();
  await page.getByRole("link", { name: ADA.name }).click();
  await expect(page.getByRole("heading", { name: ADA.name })).toBeVisible();
  await expect(page.getByRole("button", { name: /Edit|Issue|Mark as left|Enrol/ })).toHaveCount(0);
  await administration.signOut();

  await administration.signIn(app.origin, new URL(addressOfBen).pathname.replace("/admin", ""), SUPERVISOR);
  await expect(page.getByText(BEN.name)).toBeHidden();
  await expect(page.getByRole("main")).not.toContainText(BEN.number);
  await administration.signOut();

  await administration.firstSignIn(app.origin, AUDITOR, auditorsFirst);
  await administration.to("People");
  await expect(page.getByRole("link", { name: ADA.name })).toBeVisible();
  await expect(page.getByRole("link", { name: BEN.name })).toBeVisible();
  await expect(page.getByRole("button", { name: /Add person|Import/ })).toHaveCount(0);
  await administration.to("Users");
  await expect(page.getByText(SUPERVISOR.name)).toBeVisible();
  await expect(page.getByRole("button", { name: /Add a user|Give a role|Take back|End user/ })).toHaveCount(0);
  await administration.signOut();

  await administration.signIn(app.origin, "/people/new", AUDITOR);
  await expect(page.getByRole("heading", { name: "This page belongs to another role" })).toBeVisible();
});
